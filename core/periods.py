"""Days, weeks, months, quarters, half-years and years as half-open intervals of aware time in Vietnam."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_MONTHS = re.compile(r"([0-9]{4})(?:-(?:([0-9]{2})|Q([1-4])|H([12])))?")
_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
YEARS = range(2000, 2101)


class BadPeriod(DomainError):
    code = "bad_period"


@dataclass(frozen=True, slots=True)
class ReportingPeriod:
    """``code`` as in ``parse_period``; ``start`` belongs to it, ``end`` no longer."""

    code: str
    start: datetime
    end: datetime

    def __contains__(self, instant: datetime) -> bool:
        return self.start <= instant < self.end


def _first(year: int, month: int) -> datetime:
    return datetime(year + (month - 1) // 12, (month - 1) % 12 + 1, 1, tzinfo=VIETNAM)


def parse_period(code: str) -> ReportingPeriod:
    """A period from its code: 2026, 2026-H1, 2026-Q1, 2026-03, 2026-W09 (ISO 8601) or 2026-03-14. Raises BadPeriod."""
    code = code.strip()
    try:
        start, end = _months(code) or _days(code)
    except ValueError as error:
        wish = _("Write the period as 2026, 2026-H1, 2026-Q1, 2026-03, 2026-W09 or 2026-03-14.")
        raise BadPeriod(wish, period=code) from error
    return ReportingPeriod(code, start, end)


def _months(code: str) -> tuple[datetime, datetime] | None:
    """A year or a part of it in whole months. Raises ValueError for a month that no year has."""
    match = _MONTHS.fullmatch(code)
    if not match:
        return None
    year, month, quarter, half = (int(part) if part else 0 for part in match.groups())
    if year not in YEARS or (match[2] and not 1 <= month <= 12):
        raise ValueError(code)
    if month:
        first, length = month, 1
    elif quarter:
        first, length = quarter * 3 - 2, 3
    elif half:
        first, length = half * 6 - 5, 6
    else:
        first, length = 1, 12
    return _first(year, first), _first(year, first + length)


def _days(code: str) -> tuple[datetime, datetime]:
    """A week or a day. Raises ValueError for one that no calendar has."""
    week = _WEEK.fullmatch(code)
    if week:
        first, length = date.fromisocalendar(int(week[1]), int(week[2]), 1), 7
    elif _DAY.fullmatch(code):
        first, length = date.fromisoformat(code), 1
    else:
        raise ValueError(code)
    if int(code[:4]) not in YEARS:
        raise ValueError(code)
    start = datetime.combine(first, time(), VIETNAM)
    return start, start + timedelta(days=length)


def month_of(instant: datetime) -> ReportingPeriod:
    """The month, in Vietnam, that holds an aware instant."""
    local = instant.astimezone(VIETNAM)
    return parse_period(f"{local.year}-{local.month:02}")


def vietnam_date(instant: datetime) -> date:
    """The day in Vietnam that holds an aware instant."""
    return instant.astimezone(VIETNAM).date()
