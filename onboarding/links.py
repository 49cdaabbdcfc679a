"""The link by which a household refuses a paper that it did not sign: it asks for no sign-in, and it ends.

Whoever reads the household's messages may follow it; all it can do is take something from the team. It holds the second
at which it ends, the one at which the paper would hold if nobody looked at it.
"""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.http import base36_to_int, int_to_base36

from core.short_signatures import SIGNED_CHARACTERS, is_signature_of, short_signature

_SALT = "onboarding.refuse-paper"


def refusal_link(kind: str, pk: int, until: datetime) -> str:
    """The whole address of the page on which the paper of this kind is refused ``until`` then."""
    second = int_to_base36(int(until.timestamp()))
    signature = short_signature(f"{kind}:{pk}:{second}", salt=_SALT) + second
    return settings.SITE_URL + reverse(
        "onboarding:paper_refuse", kwargs={"kind": kind, "pk": pk, "signature": signature}
    )


def end_of_link(kind: str, pk: int, given: str) -> datetime | None:
    """When the link with this signature ends or ended; None for one that is not ours."""
    signed, second = given[:SIGNED_CHARACTERS], given[SIGNED_CHARACTERS:]
    if not is_signature_of(f"{kind}:{pk}:{second}", signed, salt=_SALT):
        return None
    return datetime.fromtimestamp(base36_to_int(second), UTC)
