"""What operators type."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import PhoneField
from accounts.models import EDITORS_GROUP, OPERATORS_GROUP
from core.money import BadAmount, parse_dong, show_dong
from core.name_order import by_name
from core.numbers import whole_number
from households.forms import CommuneField
from households.models import Province, TeamMember
from onboarding.models import DataRequest
from shop.shipping.models import ShippingTariff, Zone

GROUP_LABELS = (
    (OPERATORS_GROUP, _("operator: moderates, settles, helps people")),
    (EDITORS_GROUP, _("editor of pages")),
)
MAX_STEPS = 40


class StaffForm(forms.Form):
    phone = PhoneField()
    full_name = forms.CharField(label=_("Full name"), max_length=120)
    groups = forms.MultipleChoiceField(
        label=_("Rights"),
        required=False,
        choices=GROUP_LABELS,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Officers need none of these: appoint them under “Officers” afterwards."),
    )  # fmt: skip


class GroupsForm(forms.Form):
    groups = forms.MultipleChoiceField(
        label=_("Rights"), required=False, choices=GROUP_LABELS, widget=forms.CheckboxSelectMultiple
    )


class SuspendForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class TeamForm(forms.Form):
    name = forms.CharField(label=_("Name of the team"), max_length=120)
    commune = CommuneField(label=_("Commune and province"))
    village_name = forms.CharField(
        label=_("Village"),
        max_length=80,
        required=False,
        help_text=_("Leave it empty for a team of the whole commune."),
    )
    founded_date = forms.DateField(
        label=_("Founded"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class MemberForm(forms.Form):
    phone = PhoneField()
    full_name = forms.CharField(label=_("Full name"), max_length=120)
    role = forms.ChoiceField(label=_("Role"), choices=TeamMember.Role.choices, initial=TeamMember.Role.MEMBER)


class CommuneOfficerForm(forms.Form):
    phone = PhoneField()
    commune = CommuneField(label=_("Commune and province"))


class ProvinceOfficerForm(forms.Form):
    phone = PhoneField()
    province = forms.ModelChoiceField(label=_("Province"), queryset=Province.objects.order_by(by_name("name")))


class TeamListForm(forms.Form):
    file = forms.FileField(label=_("The list"), help_text=_("A spreadsheet: XLSX, XLS, ODS or CSV."))
    founded_date = forms.DateField(
        label=_("New teams were founded on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class DataAnswerForm(forms.Form):
    """What is put right, where that was asked, and what the household reads."""

    head_name = forms.CharField(label=_("Full name of the head of the household"), max_length=120)
    village_name = forms.CharField(label=_("Village"), max_length=80)
    answer = forms.CharField(
        label=_("What the household reads"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == DataRequest.Kind.ERASURE:
            del self.fields["head_name"], self.fields["village_name"]


class TariffForm(forms.Form):
    """One tariff: for each zone the days, the steps as lines "500: 16.000", and what each further step costs."""

    name = forms.CharField(label=_("Name"), max_length=120)
    source = forms.CharField(label=_("Where the prices come from"), max_length=200)
    valid_from = forms.DateField(
        label=_("Holds from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    freight_warning_percent = forms.IntegerField(
        label=_("Warn buyers when shipping passes this share of the goods, in percent"), min_value=1, max_value=100
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for zone in Zone:
            self.fields[f"{zone}_days"] = forms.IntegerField(
                label=_("%(zone)s: days on the way") % {"zone": zone.label}, min_value=1, max_value=60
            )
            self.fields[f"{zone}_steps"] = forms.CharField(
                label=_("%(zone)s: prices") % {"zone": zone.label},
                help_text=_("One line for each step: grams at most, a colon, dong. For example 500: 16.000"),
                widget=forms.Textarea(attrs={"rows": 5}),
            )
            self.fields[f"{zone}_extra_step_g"] = forms.IntegerField(
                label=_("%(zone)s: further step in grams") % {"zone": zone.label}, min_value=1, max_value=100_000
            )
            self.fields[f"{zone}_extra_charge"] = forms.CharField(
                label=_("%(zone)s: each further step costs") % {"zone": zone.label}, max_length=20
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for zone in Zone:
            for name, read in ((f"{zone}_steps", _steps), (f"{zone}_extra_charge", parse_dong)):
                try:
                    if name in cleaned:
                        cleaned[name] = read(cleaned[name])
                except BadAmount as refusal:
                    self.add_error(name, str(refusal))
        return cleaned

    def zones(self) -> list[dict[str, Any]]:
        """What ``load_tariff`` takes, from a valid form."""
        typed = self.cleaned_data
        names = ("days", "steps", "extra_step_g", "extra_charge")
        return [{"zone": zone.value, **{name: typed[f"{zone}_{name}"] for name in names}} for zone in Zone]

    @staticmethod
    def initial_of(tariff: ShippingTariff) -> dict[str, Any]:
        """A tariff as the form shows it, to be changed and loaded from another day on."""
        shown: dict[str, Any] = {"name": tariff.name, "freight_warning_percent": tariff.freight_warning_percent}
        for rate in tariff.zone_rates.all():
            shown |= {
                f"{rate.zone}_days": rate.days,
                f"{rate.zone}_steps": "\n".join(
                    f"{step.up_to_g}: {show_dong(step.charge)}" for step in rate.steps.all()
                ),
                f"{rate.zone}_extra_step_g": rate.extra_step_g,
                f"{rate.zone}_extra_charge": show_dong(rate.extra_charge),
            }
        return shown


def _steps(text: str) -> list[tuple[int, int]]:
    """Lines "500: 16.000" as (grams, dong), rising. Raises BadAmount."""
    steps: list[tuple[int, int]] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        grams, colon, amount = line.partition(":")
        up_to_g = whole_number(grams.strip())
        if not colon or up_to_g is None:
            raise BadAmount(_("Write “%(line)s” as grams, a colon, dong: 500: 16.000") % {"line": line[:40]})
        steps.append((up_to_g, parse_dong(amount)))
    if (
        not steps
        or len(steps) > MAX_STEPS
        or steps != sorted(set(steps))
        or len({g for g, _charge in steps}) < len(steps)
    ):
        raise BadAmount(_("Write each step once, from the lightest to the heaviest."))
    return steps


class ProblemAnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Answer"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The buyer reads it: what was found, and what was done."),
        error_messages={"required": _("Write what was found and done; the buyer reads it.")},
    )


class DecisionForm(forms.Form):
    """Why an operator decided so; the services refuse an empty reason."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever is concerned reads it."),
        error_messages={"required": _("Write the reason: whoever is concerned reads it.")},
    )
