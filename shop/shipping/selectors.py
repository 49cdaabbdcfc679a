"""Which tariff holds on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from shop.shipping.models import ShippingTariff, Zone, ZoneRate
from shop.shipping.rates import Rates, ZonePrices


class NoTariff(DomainError):
    """No tariff holds: an operator must load one."""

    code = "no_tariff"


def tariff_on(day: date) -> ShippingTariff:
    """The newest tariff that holds on ``day``. Raises NoTariff."""
    holds = Q(valid_until__isnull=True) | Q(valid_until__gt=day)
    tariff = ShippingTariff.objects.filter(holds, valid_from__lte=day).prefetch_related("zone_rates__steps").first()
    if tariff is None:
        raise NoTariff(_("Shipping cannot be calculated right now. Please try again later; your basket is kept."))
    return tariff


def rates_on(day: date) -> Rates:
    """The tariff of ``day``, ready to quote parcels without further queries. Raises NoTariff."""
    tariff = tariff_on(day)
    zones = {Zone(rate.zone): _prices(rate) for rate in tariff.zone_rates.all()}
    if len(zones) < len(Zone):
        raise NoTariff(_("Shipping cannot be calculated right now. Please try again later; your basket is kept."))
    return Rates(zones, tariff.freight_warning_percent)


def _prices(rate: ZoneRate) -> ZonePrices:
    steps = tuple((step.up_to_g, step.charge) for step in rate.steps.all())
    return ZonePrices(rate.days, steps, rate.extra_step_g, rate.extra_charge)
