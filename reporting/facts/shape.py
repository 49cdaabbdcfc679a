"""The one shape of every fact: what happened in a household's account, when, when it was learned, and where."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
NEVER = 0


class Kind(StrEnum):
    ACCOUNT_OPENED = "account_opened"
    ACCOUNT_CLOSED = "account_closed"
    MOVED = "moved"
    DISPLAYED = "displayed"
    SEARCHED = "searched"
    EXCHANGED = "exchanged"
    BOUGHT = "bought"
    ORDERED = "ordered"
    SOLD = "sold"
    SALE_UNDONE = "sale_undone"
    LISTED = "listed"
    UNLISTED = "unlisted"
    TRAINED = "trained"
    CHECKED_TRUE = "checked_true"
    CHECKED_FALSE = "checked_false"


LIFE = (Kind.ACCOUNT_OPENED, Kind.ACCOUNT_CLOSED, Kind.MOVED)
LISTING = (Kind.LISTED, Kind.UNLISTED)
WITH_REF = (*LISTING, Kind.SOLD, Kind.SALE_UNDONE)


class HouseholdFact(NamedTuple):
    """``happened_at`` and ``learned_at`` are microseconds since 1970 in UTC: the same number in every engine.

    ``commune_code`` is that of a former commune (``is_former`` 1) or of one of today (0). ``quantity`` is a decimal
    number as text or empty, ``value`` whole dong. ``ref`` names the listing or the order. From ``taken_back_at`` on the
    fact counts nowhere any more, ``NEVER`` if it stands: a decline that the household takes back was known in between.
    ``place_in_source`` orders facts of one moment that were learned at one moment; of a file it is the line.
    """

    household: str
    kind: str
    happened_at: int
    learned_at: int
    is_former: int
    commune_code: str
    team: str
    quantity: str
    value: int
    ref: str
    taken_back_at: int
    place_in_source: int


def moment(at: datetime) -> int:
    """An aware instant as a fact keeps it."""
    return (at - EPOCH) // MICROSECOND
