"""What shipping costs: the tariffs there are, and a new one from a day on."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.guards import operator_required, user_of
from core.errors import DomainError
from core.periods import vietnam_date
from operations.forms import TariffForm
from shop.shipping.models import ShippingTariff
from shop.shipping.services import load_tariff

MAX_SHOWN = 10


@operator_required
@require_http_methods(["GET", "POST"])
def show_tariffs(request: HttpRequest) -> HttpResponse:
    """The newest tariff fills the form, so that an operator changes what changed."""
    now = timezone.now()
    tariffs = list(ShippingTariff.objects.prefetch_related("zone_rates__steps")[:MAX_SHOWN])
    form = TariffForm(request.POST or None, initial=TariffForm.initial_of(tariffs[0]) if tariffs else None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        if typed["valid_from"] <= vietnam_date(now):
            form.add_error(
                "valid_from", _("A new tariff holds from tomorrow at the earliest: today's orders are quoted.")
            )
        elif _loaded(form, request, now):
            return redirect("operations:tariffs")
    status = 422 if request.method == "POST" else 200
    return render(request, "operations/tariffs.html", {"tariffs": tariffs, "form": form}, status=status)


def _loaded(form: TariffForm, request: HttpRequest, now: datetime) -> bool:
    typed = form.cleaned_data
    try:
        load_tariff(
            name=typed["name"],
            source=typed["source"],
            valid_from=typed["valid_from"],
            freight_warning_percent=typed["freight_warning_percent"],
            zones=form.zones(),
            now=now,
            actor=user_of(request),
        )
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("The tariff is loaded. It holds from the day that you wrote."))
    return True
