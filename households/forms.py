"""Form fields that other apps use: a commune, however it is typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from households.models import Commune
from households.places.finding import find_communes, names_unknown_commune, near_communes
from households.places.index import FoundCommune, place_index

MAX_OPTIONS = 12


@dataclass(frozen=True, slots=True)
class CommuneAnswer:
    """What the browser sent: the typed text, a choice among places offered, and the text they were offered for."""

    text: str
    choice: str = ""
    asked: str = ""

    @property
    def settled(self) -> str:
        """The chosen code, unless the text was changed after choosing."""
        return self.choice if self.choice and self.text == self.asked else ""

    def __str__(self) -> str:
        return self.text


class CommuneWidget(forms.Widget):
    """A text input; below it, once a text named several places or none, the places to choose from."""

    template_name = "households/widgets/commune.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> CommuneAnswer:
        parts = [str(data.get(name + end, "")).strip() for end in ("", "_choice", "_asked")]
        return CommuneAnswer(*parts)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        options: list[FoundCommune] = []
        if isinstance(value, CommuneAnswer):
            context["widget"]["value"] = value.text
            sure, options = read_commune(value.text)
            options = [] if sure else options
            context["chosen"] = value.settled
        context["options"] = options[:MAX_OPTIONS]
        return context

    def format_value(self, value: Any) -> str:
        """The label of a commune or of its code; any other text as it is."""
        if not isinstance(value, Commune | str) or not value:
            return ""
        known = _codes().get(value.pk if isinstance(value, Commune) else value)
        return known.label if known else str(value)


class CommuneField(forms.Field):
    """Cleans to a Commune. Accepts its code, or its name with or without tones, type, district and province.

    A name that leaves one place is taken; a former name, several places or a slip bring up the places to choose from.
    """

    widget = CommuneWidget
    default_error_messages = {
        "required": _("Write the commune and the province."),
        "several": _("Several places have this name. Choose yours below, or add the province."),
        "former": _("This is a former name. Choose today's commune below."),
        "unknown": _("There is no commune of this name. Check the spelling, for example “Tân Cương, Thái Nguyên”."),
        "near": _("There is no commune of this name. Is it one of these?"),
    }

    def clean(self, value: Any) -> Commune | None:
        answer = value if isinstance(value, CommuneAnswer) else CommuneAnswer(str(value or "").strip())
        if not answer.text:
            super().clean(None)  # refuses where an answer is required
            return None
        code = answer.settled if answer.settled in _codes() else ""
        if not code:
            sure, options = read_commune(answer.text)
            if not sure:
                raise self._doubt(answer.text, options)
            code = options[0].code
        return Commune.objects.select_related("province").get(code=code)

    def _doubt(self, text: str, options: list[FoundCommune]) -> ValidationError:
        if not options:
            key = "unknown"
        elif names_unknown_commune(text) or not find_communes(text):
            key = "near"
        else:
            key = "former" if options[0].former else "several"
        return ValidationError(self.error_messages[key], code=key)


def read_commune(text: str) -> tuple[bool, list[FoundCommune]]:
    """Whether the text names one commune beyond doubt, and the communes it may mean."""
    if known := _codes().get(text.strip()):
        return True, [known]
    found = find_communes(text)
    if len(found) == 1 and not found[0].former:
        return True, found
    # What was found then is the district or the province around a commune that nobody knows.
    unknown = names_unknown_commune(text)
    return False, near_communes(text) if unknown or not found else found


def _codes() -> dict[str, FoundCommune]:
    return place_index().by_code


class MoveForm(forms.Form):
    """Where a household lives from now on; ``version`` is of the household that the form showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    commune = CommuneField(label=_("Commune and province"))
    village_name = forms.CharField(label=_("Village"), max_length=80)


class CloseAccountForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))
