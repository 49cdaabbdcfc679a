"""The choosers of area and period, as a plain form that is sent by GET."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.keys import new_key
from core.periods import BadPeriod, month_of, vietnam_date
from reporting.access import ReadableAreas, choosable_areas, require_area
from reporting.areas import Area, Breakdown, UnknownArea, breakdowns_of, find_area
from reporting.frames import Frame, frame_asked, period_of, periods_until
from reporting.indicators import indicators_on
from reporting.models import RunFormat
from reporting.reports import REPORTS

# Addresses speak Vietnamese, as the paths of the pages do; officers keep and send such links.
PARAMETERS = {
    "area": "noi",
    "period": "ky",
    "breakdown": "theo",
    "indicator": "chi_tieu",
    "cumulative": "luy_ke",
    "report": "bao_cao",
    "format": "dinh_dang",
}
BREAKDOWNS = (
    (Breakdown.PROVINCE.name, _("Province")),
    (Breakdown.COMMUNE.name, _("Commune")),
    (Breakdown.TEAM.name, _("Team")),
)


class FrameForm(forms.Form):
    """Everything has a default: an empty address shows this person's widest area in this month."""

    area = forms.CharField(label=_("Area"), widget=forms.Select)
    period = forms.CharField(label=_("Period"), widget=forms.Select)
    breakdown = forms.CharField(label=_("By"), widget=forms.Select)
    indicator = forms.ChoiceField(label=_("Picture of"))
    cumulative = forms.BooleanField(label=_("Cumulative from 1 January"), required=False)

    defaults = {"breakdown": "usual", "indicator": "accounts"}

    def __init__(self, data: Any, *, areas: ReadableAreas, now: datetime) -> None:
        usual = {"area": areas.widest, "period": month_of(now).code, **self.defaults}
        given = {name: value for name, value in data.items() if value}
        super().__init__({PARAMETERS[name]: value for name, value in usual.items()} | given)
        self.areas, self.now = areas, now
        self.fields["period"].widget.choices = periods_until(now)
        if "indicator" in self.fields:
            names = [(code, row.name) for code, row in indicators_on(vietnam_date(now)).items()]
            self.field("indicator").choices = names

    def add_prefix(self, field_name: str) -> str:
        """The name of a field in addresses and pages."""
        return PARAMETERS.get(field_name, field_name)

    def field(self, name: str) -> Any:
        """A field whose choices depend on who asks."""
        return self.fields[name]

    def clean_area(self) -> Area:
        try:
            area = require_area(self.areas, self.cleaned_data["area"])
        except UnknownArea as error:
            self.fields["area"].widget.choices = choosable_areas(self.areas, find_area(self.areas.widest))
            raise forms.ValidationError(error.message) from error
        self.fields["area"].widget.choices = choosable_areas(self.areas, area)
        allowed = [row.name for row in breakdowns_of(area)]
        self.fields["breakdown"].widget.choices = [choice for choice in BREAKDOWNS if choice[0] in allowed]
        if not allowed:
            self.fields["breakdown"].widget = forms.HiddenInput()
        return area

    def clean_period(self) -> str:
        code: str = self.cleaned_data["period"].strip()
        try:
            period_of(code)
        except BadPeriod as error:
            raise forms.ValidationError(error.message) from error
        return code

    def clean_breakdown(self) -> Breakdown | None:
        """A breakdown that this area does not have gives its usual one."""
        area = self.cleaned_data.get("area")
        allowed = breakdowns_of(area) if area else ()
        return next((row for row in allowed if row.name == self.cleaned_data["breakdown"]), next(iter(allowed), None))

    def frame(self) -> Frame:
        """The frame that was asked for; the form must be valid."""
        asked = self.cleaned_data
        return frame_asked(asked["area"], asked["period"], self.now, is_cumulative=asked["cumulative"])

    def query(self, area: Area | None = None) -> str:
        """The address part that asks for the same again, or for the same of another area."""
        asked = QueryDict(mutable=True)
        asked[PARAMETERS["area"]] = (area or self.cleaned_data["area"]).key
        asked[PARAMETERS["period"]] = self.cleaned_data["period"]
        if self.cleaned_data["cumulative"]:
            asked[PARAMETERS["cumulative"]] = "on"
        return asked.urlencode()


class ExportForm(FrameForm):
    """A frame, a report and a format."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    indicator = None  # type: ignore[assignment]  # a file holds all of them
    report = forms.ChoiceField(label=_("Report"), choices=lambda: [(row.code, row.name) for row in REPORTS.values()])
    format = forms.ChoiceField(label=_("Format"), choices=RunFormat.choices)
    field_order = ("report", "area", "period", "cumulative", "breakdown", "format")

    defaults = {"breakdown": "usual", "report": "progress", "format": RunFormat.XLSX}

    def __init__(self, data: Any, *, areas: ReadableAreas, now: datetime) -> None:
        super().__init__({"key": str(new_key(now)), **dict(data.items())}, areas=areas, now=now)
