"""What a file of figures says of itself: what was asked, as known at which moment, in which window, how defined."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from reporting.frames import Frame, show_period
from reporting.indicators.declaration import Indicator
from reporting.models import ReportRun


def provenance(run: ReportRun, frame: Frame, name: str, indicators: Mapping[str, Indicator]) -> list[tuple[str, str]]:
    """Label and text of each note, in the language that is active; ``name`` is that of the report.

    The same run gives the same notes whenever they are asked for.
    """
    looked_at = _("%(start)s to %(end)s (at least %(days)s days)") % {
        "start": f"{localtime(frame.window_start):%d/%m/%Y}",
        "end": f"{frame.last_day:%d/%m/%Y}",
        "days": frame.window_days,
    }
    return [
        (_("Report"), name),
        (_("Area"), f"{frame.area.name} ({frame.area.key})"),
        (_("Period"), f"{show_period(run.period, is_cumulative=run.is_cumulative)} ({run.period})"),
        (_("As known at"), localtime(frame.as_of).isoformat()),
        (_("Window in which an account is looked at"), looked_at),
        *((_("Definition of “%(figure)s”") % {"figure": row.name}, _defined(row)) for row in indicators.values()),
    ]


def _defined(row: Indicator) -> str:
    version = _("Version %(version)s of %(code)s, in force from %(date)s.") % {
        "version": row.version,
        "code": row.code,
        "date": date_format(row.valid_from, "d/m/Y"),
    }
    return f"{version} {row.text} {row.source}"
