"""The frame of a figure: where, when, and with what was known by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.periods import VIETNAM, ReportingPeriod
from reporting.areas import Area


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
        """The end of the period, or now while it runs."""
        return min(self.period.end, self.as_of)

    @property
    def window_start(self) -> datetime:
        return min(self.period.start, self.end - timedelta(days=self.window_days))

    @property
    def last_day(self) -> date:
        return (self.end - timedelta(microseconds=1)).astimezone(VIETNAM).date()
