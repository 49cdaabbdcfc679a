"""Months, quarters and years as half-open intervals of aware time in Vietnam."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_CODE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])|-Q([1-4]))?")


class BadPeriod(DomainError):
    code = "bad_period"


@dataclass(frozen=True, slots=True)
class ReportingPeriod:
    """``code`` is 2026, 2026-Q1 or 2026-03; ``start`` belongs to it, ``end`` no longer."""

    code: str
    start: datetime
    end: datetime

    def __contains__(self, instant: datetime) -> bool:
        return self.start <= instant < self.end


def _first(year: int, month: int) -> datetime:
    return datetime(year + (month - 1) // 12, (month - 1) % 12 + 1, 1, tzinfo=VIETNAM)


def parse_period(code: str) -> ReportingPeriod:
    """A period from its code. Raises BadPeriod."""
    match = _CODE.fullmatch(code.strip())
    if not match or not 2000 <= int(match[1]) <= 2100:
        raise BadPeriod(_("Write the period as 2026, 2026-Q1 or 2026-03."))
    year = int(match[1])
    if match[2]:
        start, length = int(match[2]), 1
    elif match[3]:
        start, length = int(match[3]) * 3 - 2, 3
    else:
        start, length = 1, 12
    return ReportingPeriod(match[0], _first(year, start), _first(year, start + length))


def month_of(instant: datetime) -> ReportingPeriod:
    """The month, in Vietnam, that holds an aware instant."""
    local = instant.astimezone(VIETNAM)
    return parse_period(f"{local.year}-{local.month:02}")


def vietnam_date(instant: datetime) -> date:
    """The day in Vietnam that holds an aware instant."""
    return instant.astimezone(VIETNAM).date()
