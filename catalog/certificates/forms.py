"""The two forms in which a paper is written down; the rules stand in ``ocop``, ``quality`` and ``papers``."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.certificates.ocop import MAX_STARS, MIN_STARS
from catalog.certificates.quality import QualityKind

DAY_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d", "%d.%m.%Y"]


class DayField(forms.DateField):
    """A day as it stands on papers here: day, month, year."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=DAY_FORMATS, widget=forms.DateInput(format=DAY_FORMATS[0]), **kwargs)


class CertificateForm(forms.Form):
    number = forms.CharField(label=_("Number on the paper"), max_length=60)
    issuing_authority = forms.CharField(label=_("Issued by"), max_length=160)
    holder = forms.CharField(label=_("Holder named on the paper"), max_length=160)
    issued_date = DayField(label=_("Day of issue"), help_text=_("Day/month/year: 20/05/2024"))
    expiry_date = DayField(label=_("Valid until"), required=False, help_text=_("Leave empty for three years."))
    picture = forms.FileField(
        label=_("Photo of the paper"),
        required=False,
        help_text=_("Only an operator sees it. With it the paper is confirmed sooner."),
        widget=forms.FileInput(attrs={"accept": "image/*,.heic,.heif"}),
    )


class OcopForm(CertificateForm):
    stars = forms.TypedChoiceField(
        label=_("Stars"),
        choices=[(stars, "★" * stars) for stars in range(MIN_STARS, MAX_STARS + 1)],
        coerce=int,
        widget=forms.RadioSelect,
        initial=MIN_STARS,
    )
    field_order = ("stars",)


class QualityForm(CertificateForm):
    kind = forms.ChoiceField(label=_("Which certificate"), choices=[("", _("Choose …")), *QualityKind.choices])
    issued_date = DayField(
        label=_("Valid from"),
        help_text=_("The day of issue, unless the paper names a later one. Day/month/year: 20/05/2024"),
    )
    expiry_date = DayField(
        label=_("Valid until"),
        required=False,
        help_text=_("As on the paper. Only for food-safe premises it may be left empty: three years."),
    )
    field_order = ("kind",)
