"""Why a listing or its change cannot move on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, ReasonMissing

MAX_REASON_LENGTH = 500


class WrongStatus(DomainError):
    """The listing stands where this cannot be done, perhaps since a moment ago."""

    code = "wrong_status"


class ListingIncomplete(DomainError):
    """A draft may lack it, a listing on sale may not."""

    code = "listing_incomplete"


def require_reason(text: str) -> str:
    """The reason without blanks around it. Raises ReasonMissing."""
    if not text.strip():
        raise ReasonMissing(_("Write the reason; the household will read it."))
    return text.strip()[:MAX_REASON_LENGTH]
