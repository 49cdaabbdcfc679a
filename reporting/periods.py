"""Reporting periods as people choose and read them."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from core.periods import VIETNAM, ReportingPeriod, parse_period

FIRST_YEAR = 2021


def period_of(code: str, *, cumulative: bool = False) -> ReportingPeriod:
    """The period of a code; cumulative, from the start of its year to its end. Raises BadPeriod."""
    period = parse_period(code)
    if not cumulative:
        return period
    return ReportingPeriod(period.code, parse_period(period.code[:4]).start, period.end)


def show_period(code: str, *, cumulative: bool = False) -> str:
    """ "2026-09" as "Month 9/2026"; cumulative, "From 1 January to the end of: month 9/2026"."""
    year, _dash, part = code.partition("-")
    if not part:
        return _("Year %(year)s") % {"year": year}
    words = {"number": part.removeprefix("Q").lstrip("0"), "year": year}
    shown = (_("Quarter %(number)s/%(year)s") if part.startswith("Q") else _("Month %(number)s/%(year)s")) % words
    return _("%(period)s, cumulative from 1 January") % {"period": shown} if cumulative else shown


def choices_until(now: datetime) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every period that has begun, newest year first, each year as a group."""
    this_year = now.astimezone(VIETNAM).year
    return [(str(year), _periods_of(year, now)) for year in range(this_year, FIRST_YEAR - 1, -1)]


def _periods_of(year: int, now: datetime) -> list[tuple[str, str]]:
    codes = [str(year), *(f"{year}-Q{n}" for n in range(1, 5)), *(f"{year}-{n:02}" for n in range(1, 13))]
    return [(code, show_period(code)) for code in codes if parse_period(code).start <= now]


def months_up_to(period: ReportingPeriod, now: datetime, count: int = 12) -> list[ReportingPeriod]:
    """The last ``count`` months that end with the period, none of them in the future."""
    last = min(period.end, now).astimezone(VIETNAM)
    number = last.year * 12 + last.month - 1
    if last == period.end:
        number -= 1
    return [parse_period(f"{n // 12}-{n % 12 + 1:02}") for n in range(number - count + 1, number + 1)]
