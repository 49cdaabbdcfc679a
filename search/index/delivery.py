"""Where a listing can be sent: what spoils is not offered to provinces to which a parcel travels too long."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from households.models import Province
from search.engines.documents import EVERYWHERE
from shop.shipping.rates import zone_between
from shop.shipping.selectors import NoTariff, rates_on


class DeliveryReach:
    """The tariff and the provinces of one day, read once and then asked for each listing."""

    def __init__(self, today: date) -> None:
        self.today = today

    def provinces(self, origin: Province, max_transit_days: int | None) -> tuple[str, ...]:
        """EVERYWHERE, or the codes of the provinces that a parcel from ``origin`` reaches within so many days."""
        if max_transit_days is None or not self._days:
            return (EVERYWHERE,)
        days = self._days
        near = (p.pk for p in self._provinces if days[zone_between(origin, p)] <= max_transit_days)
        return tuple(near)

    @cached_property
    def _days(self) -> dict[str, int]:
        """Days on the way by zone; empty while no tariff is in force."""
        try:
            return {zone: prices.days for zone, prices in rates_on(self.today).zones.items()}
        except NoTariff:
            return {}

    @cached_property
    def _provinces(self) -> list[Province]:
        return list(Province.objects.filter(valid_until__isnull=True).order_by("pk"))
