"""What operators are told on their account page about what this app and the floor below it do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import ngettext

from accounts.access import is_operator
from accounts.models import User
from accounts.workspaces import Notice
from messaging.selectors import undelivered_messages

SHOWN_FOR = timedelta(days=7)


def undelivered_notices(user: User, now: datetime) -> Iterable[Notice]:
    """Messages of the last week that did not arrive and will not unless an operator sends them again."""
    if not is_operator(user):
        return []
    count = undelivered_messages(now - SHOWN_FOR).count()
    if not count:
        return []
    words = ngettext(
        "%(count)s message of this week was not delivered.",
        "%(count)s messages of this week were not delivered.",
        count,
    )
    return [Notice(words % {"count": count}, reverse("admin:messaging_outgoingmessage_changelist"))]
