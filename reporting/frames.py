"""The frame of a figure: which area, which period, and with what was known by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from core.periods import VIETNAM, ReportingPeriod, parse_period, vietnam_date
from reporting.areas import Area

FIRST_YEAR = 2021


@dataclass(frozen=True, slots=True)
class Frame:
    """The same frame gives the same figures on any later day: nothing learned after ``as_of`` is looked at.

    ``window_days`` is how far back, at least, an account is looked at before it counts as not active.
    """

    area: Area
    period: ReportingPeriod
    as_of: datetime
    window_days: int

    @property
    def end(self) -> datetime:
        """The end of the period, or ``as_of`` while the period runs; facts of this moment no longer count."""
        return min(self.period.end, self.as_of)

    @property
    def window_start(self) -> datetime:
        """The start of the period, or ``window_days`` before the end if that is earlier; it belongs to the window."""
        return min(self.period.start, self.end - timedelta(days=self.window_days))

    @property
    def last_day(self) -> date:
        """The last day, in Vietnam, that counts; the definitions that hold on it are used."""
        return vietnam_date(self.end - timedelta(microseconds=1))


def frame_asked(area: Area, period: str, now: datetime, *, is_cumulative: bool = False) -> Frame:
    """The frame that somebody asks for now, with the window that the settings name. Raises BadPeriod."""
    return Frame(area, period_of(period, is_cumulative=is_cumulative), now, settings.ACTIVE_WINDOW_DAYS)


def period_of(code: str, *, is_cumulative: bool = False) -> ReportingPeriod:
    """The period of a code; cumulative, from the start of its year to its end. Raises BadPeriod."""
    period = parse_period(code)
    if not is_cumulative:
        return period
    return ReportingPeriod(period.code, min(period.start, parse_period(period.code[:4]).start), period.end)


def show_period(code: str, *, is_cumulative: bool = False) -> str:
    """ "2026-09" as "Month 9/2026"; cumulative, "Month 9/2026, cumulative from 1 January"."""
    year, _dash, part = code.partition("-")
    words = {"number": part.lstrip("QHW").lstrip("0"), "year": year}
    if not part:
        return _("Year %(year)s") % words
    if "-" in part:
        shown = _("Day %(day)s") % {"day": f"{date.fromisoformat(code):%d/%m/%Y}"}
    elif part.startswith("Q"):
        shown = _("Quarter %(number)s/%(year)s") % words
    elif part.startswith("H"):
        shown = _("Half-year %(number)s/%(year)s") % words
    elif part.startswith("W"):
        shown = _("Week %(number)s/%(year)s") % words
    else:
        shown = _("Month %(number)s/%(year)s") % words
    return _("%(period)s, cumulative from 1 January") % {"period": shown} if is_cumulative else shown


def periods_until(now: datetime) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every period that has begun, as (code, words), newest year first, each year as a group."""
    groups = []
    for year in range(vietnam_date(now).year, FIRST_YEAR - 1, -1):
        codes = [str(year), *(f"{year}-Q{n}" for n in range(1, 5)), *(f"{year}-{n:02}" for n in range(1, 13))]
        groups.append((str(year), [(code, show_period(code)) for code in codes if parse_period(code).start <= now]))
    return groups


def months_up_to(period: ReportingPeriod, now: datetime, count: int = 12) -> list[ReportingPeriod]:
    """The last ``count`` months that end with the period, none of them in the future."""
    last = min(period.end, now).astimezone(VIETNAM)
    number = last.year * 12 + last.month - 1
    if last == period.end:
        number -= 1
    return [parse_period(f"{n // 12}-{n % 12 + 1:02}") for n in range(number - count + 1, number + 1)]
