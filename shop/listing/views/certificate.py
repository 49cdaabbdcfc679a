"""Writing down an OCOP certificate."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from catalog.ocop import LEAST_STARS, MOST_STARS, OcopPaper
from catalog.services import record_ocop_certificate
from marketplace.accounts.guards import signed_in
from marketplace.core.errors import DomainError
from shop.listing.doors import listing_acting

STARS = [(stars, "★" * stars) for stars in range(LEAST_STARS, MOST_STARS + 1)]
DAYS = ["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d", "%d.%m.%Y"]


class CertificateForm(forms.Form):
    stars = forms.TypedChoiceField(
        label=gettext_lazy("Stars"), choices=STARS, coerce=int, widget=forms.RadioSelect, initial=LEAST_STARS
    )
    number = forms.CharField(label=gettext_lazy("Number of the decision"), max_length=60)
    issuing_authority = forms.CharField(label=gettext_lazy("Issued by"), max_length=160)
    holder = forms.CharField(label=gettext_lazy("Holder named on the paper"), max_length=160)
    issued_date = forms.DateField(
        label=gettext_lazy("Day of issue"), input_formats=DAYS, help_text=gettext_lazy("Day/month/year: 20/05/2024")
    )
    expiry_date = forms.DateField(
        label=gettext_lazy("Valid until"),
        input_formats=DAYS,
        required=False,
        help_text=gettext_lazy("Leave empty for three years."),
    )


@signed_in
@require_http_methods(["GET", "POST"])
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """As it stands on the paper; an operator confirms it before its stars are shown."""
    now = timezone.now()
    listing, acting = listing_acting(request, pk, now)
    form = CertificateForm(request.POST or None, initial={"holder": acting.household.name})
    if request.method == "POST" and form.is_valid():
        try:
            record_ocop_certificate(acting=acting, listing=listing, paper=OcopPaper(**form.cleaned_data), now=now)
            messages.success(request, _("Written down. Its stars are shown once an operator has confirmed it."))
            return redirect("listing:overview", pk=pk)
        except DomainError as refusal:
            form.add_error(refusal.field, refusal.message)
    status = 422 if request.method == "POST" else 200
    return render(request, "listing/certificate.html", {"listing": listing, "form": form}, status=status)
