"""Pure arithmetic of a tariff: zone, charge and days of one parcel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from households.models import Province
from shop.shipping.models import Zone


@dataclass(frozen=True, slots=True)
class ZonePrices:
    """``steps`` are (grams at most, dong), ascending."""

    days: int
    steps: tuple[tuple[int, int], ...]
    extra_step_g: int
    extra_charge: int

    def charge(self, weight_g: int) -> int:
        """Dong for one parcel of ``weight_g`` grams."""
        for up_to_g, charge in self.steps:
            if weight_g <= up_to_g:
                return charge
        last_g, last_charge = self.steps[-1] if self.steps else (0, 0)
        further = -(-(weight_g - last_g) // self.extra_step_g)
        return last_charge + further * self.extra_charge


@dataclass(frozen=True, slots=True)
class Quote:
    """What one parcel costs, and how long it travels."""

    zone: Zone
    charge: int
    days: int


@dataclass(frozen=True, slots=True)
class Rates:
    """A tariff in memory."""

    zones: Mapping[Zone, ZonePrices]
    freight_warning_percent: int

    def quote(self, *, origin: Province, destination: Province, weight_g: int) -> Quote:
        zone = zone_between(origin, destination)
        prices = self.zones[zone]
        return Quote(zone, prices.charge(weight_g), prices.days)

    def is_dear(self, *, goods: int, shipping: int) -> bool:
        """Whether shipping passes the share of the goods at which the buyer is told."""
        return shipping * 100 > goods * self.freight_warning_percent


def zone_between(origin: Province, destination: Province) -> Zone:
    if origin.pk == destination.pk:
        return Zone.SAME_PROVINCE
    return Zone.SAME_REGION if origin.region == destination.region else Zone.INTER_REGION
