"""How a household sells, in words that a buyer reads: how fast it answers, what it delivered, since when it is here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from households.models import Household

MIN_ANSWERS_SHOWN = 5
"""Of orders within the 90 days: below it the median says more of one day than of the household."""
MINUTES_SHOWN_AS_HOURS = 90
MINUTES_SHOWN_AS_DAYS = 36 * 60


@dataclass(frozen=True, slots=True)
class Standing:
    """``answers_within`` is empty below MIN_ANSWERS_SHOWN; ``sold`` are delivered lines of orders."""

    answers_within: str
    answers: int
    sold: int
    here_since: datetime | None


def standing_of(household: Household) -> Standing:
    """Of a household read with ``select_related("track_record")``: no query."""
    try:
        record = household.track_record
    except ObjectDoesNotExist:
        return Standing("", 0, 0, household.opened_at)
    is_enough = record.answers >= MIN_ANSWERS_SHOWN and record.median_minutes is not None
    within = time_in_words(record.median_minutes or 0) if is_enough else ""
    return Standing(within, record.answers, record.sold, household.opened_at)


def time_in_words(minutes: int) -> str:
    """ "within an hour", "within 3 hours", "within 2 days": rounded up, so that nobody is promised too much."""
    if minutes <= MINUTES_SHOWN_AS_HOURS:
        return _("within an hour") if minutes <= 60 else _("within 2 hours")
    if minutes <= MINUTES_SHOWN_AS_DAYS:
        hours = -(-minutes // 60)
        return ngettext("within %(count)s hour", "within %(count)s hours", hours) % {"count": hours}
    days = -(-minutes // (24 * 60))
    return ngettext("within %(count)s day", "within %(count)s days", days) % {"count": days}
