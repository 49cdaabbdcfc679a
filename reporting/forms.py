"""The choosers of area and period, as a plain form that is sent by GET."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.periods import BadPeriod, month_of
from reporting.access import Reach, area_within
from reporting.areas import Area, Breakdown, UnknownArea, find_area
from reporting.frames import Frame
from reporting.indicators import INDICATORS
from reporting.models import RunFormat
from reporting.periods import choices_until, period_of
from reporting.reports.registry import REPORTS
from reporting.selectors import breakdowns_of, choosable_areas

BREAKDOWNS = (
    (Breakdown.PROVINCE.name, _("Province")),
    (Breakdown.COMMUNE.name, _("Commune")),
    (Breakdown.TEAM.name, _("Team")),
)


class FrameForm(forms.Form):
    """Everything has a default: an empty address shows this person's widest area in this month."""

    noi = forms.CharField(label=_("Area"), widget=forms.Select)
    ky = forms.CharField(label=_("Period"), widget=forms.Select)
    theo = forms.CharField(label=_("By"), widget=forms.Select)
    chi_tieu = forms.ChoiceField(label=_("Picture of"))
    luy_ke = forms.BooleanField(label=_("Cumulative from 1 January"), required=False)

    def __init__(self, data: Any, *, reach: Reach, now: datetime) -> None:
        given = {name: value for name, value in data.items() if value}
        super().__init__(self.usual(reach, now) | given)
        self.reach, self.now = reach, now
        self.fields["ky"].widget.choices = choices_until(now)
        self.field("chi_tieu").choices = [(code, row.name) for code, row in INDICATORS.items()]

    @staticmethod
    def usual(reach: Reach, now: datetime) -> dict[str, str]:
        return {"noi": reach.home, "ky": month_of(now).code, "theo": "usual", "chi_tieu": "accounts"}

    def field(self, name: str) -> Any:
        """A field whose choices depend on who asks."""
        return self.fields[name]

    def clean_noi(self) -> Area:
        try:
            area = area_within(self.reach, self.cleaned_data["noi"])
        except UnknownArea as error:
            self.fields["noi"].widget.choices = choosable_areas(self.reach, find_area(self.reach.home))
            raise forms.ValidationError(error.message) from error
        self.fields["noi"].widget.choices = choosable_areas(self.reach, area)
        allowed = [row.name for row in breakdowns_of(area)]
        self.fields["theo"].widget.choices = [choice for choice in BREAKDOWNS if choice[0] in allowed]
        if not allowed:
            self.fields["theo"].widget = forms.HiddenInput()
        return area

    def clean_ky(self) -> str:
        code = self.cleaned_data["ky"].strip()
        try:
            period_of(code)
        except BadPeriod as error:
            raise forms.ValidationError(error.message) from error
        return code

    def clean_theo(self) -> Breakdown | None:
        """A breakdown that this area does not have gives its usual one."""
        area = self.cleaned_data.get("noi")
        allowed = breakdowns_of(area) if area else ()
        return next((row for row in allowed if row.name == self.cleaned_data["theo"]), next(iter(allowed), None))

    def frame(self) -> Frame:
        """The frame that was asked for; the form must be valid."""
        asked = self.cleaned_data
        period = period_of(asked["ky"], cumulative=asked["luy_ke"])
        return Frame(asked["noi"], period, self.now, settings.ACTIVE_WINDOW_DAYS)

    def query(self, **changes: str) -> str:
        """The address part that asks for the same again, with changes."""
        asked = QueryDict(mutable=True)
        values = {"noi": self.cleaned_data["noi"].key, "ky": self.cleaned_data["ky"]}
        if self.cleaned_data["luy_ke"]:
            values["luy_ke"] = "on"
        asked.update(values | changes)
        return asked.urlencode()


class ExportForm(FrameForm):
    """A frame, a report and a format."""

    bao_cao = forms.ChoiceField(label=_("Report"))
    dinh_dang = forms.ChoiceField(label=_("Format"), choices=RunFormat.choices, initial=RunFormat.XLSX)
    field_order = ("bao_cao", "noi", "ky", "luy_ke", "theo", "dinh_dang")

    def __init__(self, data: Any, *, reach: Reach, now: datetime) -> None:
        super().__init__({"bao_cao": "progress", "dinh_dang": RunFormat.XLSX} | data.dict(), reach=reach, now=now)
        del self.fields["chi_tieu"]
        self.field("bao_cao").choices = [(code, report.name) for code, report in REPORTS.items()]
