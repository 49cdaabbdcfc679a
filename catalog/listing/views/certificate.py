"""Writing down a certificate as it stands on the paper: OCOP, or one of quality."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.guards import signed_in
from catalog.certificates.ocop import LEAST_STARS, MOST_STARS, OcopPaper
from catalog.certificates.quality import QualityKind, QualityPaper
from catalog.certificates.services import record_ocop_certificate, record_quality_certificate
from catalog.listing.guards import listing_acting
from catalog.listing.selectors import holder_of_latest_paper, papers_of_other_listings
from catalog.models import Certificate
from core.errors import DomainError
from core.periods import vietnam_date

STARS = [(stars, "★" * stars) for stars in range(LEAST_STARS, MOST_STARS + 1)]
DAYS = ["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d", "%d.%m.%Y"]
KINDS = [("", gettext_lazy("Choose …")), *QualityKind.choices]
PREFILLED = ("kind", "number", "issuing_authority", "holder", "issued_date", "expiry_date")


class DayField(forms.DateField):
    """A day as it stands on papers here: day, month, year."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=DAYS, widget=forms.DateInput(format=DAYS[0]), **kwargs)


class PaperForm(forms.Form):
    number = forms.CharField(label=gettext_lazy("Number on the paper"), max_length=60)
    issuing_authority = forms.CharField(label=gettext_lazy("Issued by"), max_length=160)
    holder = forms.CharField(label=gettext_lazy("Holder named on the paper"), max_length=160)
    issued_date = DayField(label=gettext_lazy("Day of issue"), help_text=gettext_lazy("Day/month/year: 20/05/2024"))
    expiry_date = DayField(
        label=gettext_lazy("Valid until"), required=False, help_text=gettext_lazy("Leave empty for three years.")
    )


class OcopForm(PaperForm):
    stars = forms.TypedChoiceField(
        label=gettext_lazy("Stars"), choices=STARS, coerce=int, widget=forms.RadioSelect, initial=LEAST_STARS
    )
    field_order = ("stars",)


class QualityForm(PaperForm):
    kind = forms.ChoiceField(label=gettext_lazy("Which certificate"), choices=KINDS)
    issued_date = DayField(
        label=gettext_lazy("Valid from"),
        help_text=gettext_lazy("The day of issue, unless the paper names a later one. Day/month/year: 20/05/2024"),
    )
    expiry_date = DayField(
        label=gettext_lazy("Valid until"),
        required=False,
        help_text=gettext_lazy("As on the paper. Only for food-safe premises it may be left empty: three years."),
    )
    field_order = ("kind",)


@signed_in
@require_http_methods(["GET", "POST"])
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """An OCOP certificate; an operator confirms it before its stars are shown."""
    now = timezone.now()
    listing, acting = listing_acting(request, pk, now)
    form = OcopForm(request.POST or None, initial={"holder": acting.household.name})
    context = {"listing": listing, "form": form, "title": _("OCOP certificate")}
    return _written_down(
        request,
        context,
        lambda: record_ocop_certificate(acting=acting, listing=listing, paper=OcopPaper(**form.cleaned_data), now=now),
    )


@signed_in
@require_http_methods(["GET", "POST"])
def quality_certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """A quality certificate, begun from a paper that another listing of the household carries already."""
    now = timezone.now()
    listing, acting = listing_acting(request, pk, now)
    papers = papers_of_other_listings(listing, vietnam_date(now))
    wanted = request.GET.get("kind", "")
    paper = next((paper for paper in papers if wanted in ("", paper.kind)), None)
    initial: dict[str, Any] = {"holder": holder_of_latest_paper(listing) or acting.household.name, "kind": wanted}
    if paper:
        initial = {name: getattr(paper, name) for name in PREFILLED}
    form = QualityForm(request.POST or None, initial=initial)
    context = {"listing": listing, "form": form, "title": _("Quality certificate"), "papers": papers, "paper": paper}
    return _written_down(
        request,
        context,
        lambda: record_quality_certificate(
            acting=acting, listing=listing, paper=QualityPaper(**form.cleaned_data), now=now
        ),
    )


def _written_down(request: HttpRequest, context: dict[str, Any], record: Callable[[], Certificate]) -> HttpResponse:
    """Recorded, and back to the listing; or the form again with everything that was typed."""
    form, listing = context["form"], context["listing"]
    if request.method == "POST" and form.is_valid():
        try:
            record()
            messages.success(request, _("Written down. Buyers see it once an operator has confirmed it."))
            return redirect("listing:overview", pk=listing.pk)
        except DomainError as refusal:
            form.add_error(refusal.field, refusal.message)
    status = 422 if request.method == "POST" else 200
    return render(request, "listing/certificate.html", context, status=status)
