"""Counting attempts, so that numbers cannot be guessed and messages cannot be sent by the thousand.

The count stands in the database and grows in one statement: of three hundred requests at the same moment, in whatever
processes, exactly ``most`` pass.
"""

from __future__ import annotations

import hashlib
import math
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.errors import DomainError
from core.models import AttemptCount

# The window begins with its first attempt. Later ones, refused or not, do not make it longer.
_COUNT = """
INSERT INTO core_attemptcount (key, count, ends_at) VALUES (%(key)s, 1, %(ends_at)s)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN core_attemptcount.ends_at <= %(now)s THEN 1 ELSE core_attemptcount.count + 1 END,
    ends_at = CASE WHEN core_attemptcount.ends_at <= %(now)s THEN excluded.ends_at ELSE core_attemptcount.ends_at END
RETURNING count, ends_at
"""
SECONDS_SHOWN_AS_MINUTES = 90 * 60


class TooManyAttempts(DomainError):
    """``seconds_left`` is how long the refusal lasts; the message says it in minutes or hours."""

    code = "too_many_attempts"

    def __init__(self, seconds_left: int) -> None:
        self.seconds_left = seconds_left
        super().__init__(_("Too many attempts. Wait %(wait)s, then try again.") % {"wait": waiting_time(seconds_left)})


def waiting_time(seconds: int) -> str:
    """ "5 minutes", "3 hours": rounded up, so that whoever waits as long is let in."""
    if seconds <= SECONDS_SHOWN_AS_MINUTES:
        minutes = max(1, math.ceil(seconds / 60))
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    hours = math.ceil(seconds / 3600)
    return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}


def count_attempt(*, what: str, whose: str, most: int, seconds: int, now: datetime) -> None:
    """Count one attempt more at ``what`` by ``whose`` (an address, a phone number), ``most`` of them in ``seconds``.

    Raises TooManyAttempts past ``most``. Inside a transaction the count is undone with it: where the refusal of what
    follows must not give the attempt back, count before the transaction begins.
    """
    moment = math.ceil(now.timestamp())
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"key": _key(what, whose), "now": moment, "ends_at": moment + seconds})
        count, ends_at = cursor.fetchone()
    if count > most:
        raise TooManyAttempts(ends_at - moment)


def forget_attempts(*, what: str, whose: str) -> None:
    """Begin anew, because what was counted has come to a good end."""
    AttemptCount.objects.filter(key=_key(what, whose)).delete()


def delete_ended_counts(now: datetime) -> int:
    """Rows whose window is over count nothing any more."""
    return AttemptCount.objects.filter(ends_at__lte=int(now.timestamp())).delete()[0]


def _key(what: str, whose: str) -> str:
    """No phone number and no address can be read from it."""
    return f"{what}:{hashlib.sha256(whose.encode()).hexdigest()[:32]}"
