"""What an order would cost and how long it would travel, said before it is placed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.periods import vietnam_date
from households.models import Commune
from shop.basket.contents import BasketContents, BasketRow, HouseholdRows
from shop.shipping.rates import Quote
from shop.shipping.selectors import rates_on


@dataclass(frozen=True)
class ParcelQuote:
    """One household's parcel. ``is_dear``: shipping passes the tariff's share of the goods."""

    group: HouseholdRows
    quote: Quote
    is_dear: bool

    @property
    def total(self) -> int:
        return self.group.goods + self.quote.charge

    @property
    def travels_too_long(self) -> list[BasketRow]:
        """Goods that may spoil: the parcel is longer on the way than they may travel."""
        return [row for row in self.group.orderable if row.max_transit_days and row.max_transit_days < self.quote.days]


@dataclass(frozen=True)
class OrderQuote:
    parcels: list[ParcelQuote]

    @property
    def goods(self) -> int:
        return sum(parcel.group.goods for parcel in self.parcels)

    @property
    def shipping(self) -> int:
        return sum(parcel.quote.charge for parcel in self.parcels)

    @property
    def total(self) -> int:
        return self.goods + self.shipping


def quote_order(contents: BasketContents, commune: Commune, now: datetime) -> OrderQuote:
    """Quote every parcel that can be ordered to ``commune``. Raises NoTariff."""
    rates = rates_on(vietnam_date(now))
    parcels = []
    for group in contents.groups:
        if group.orderable:
            origin = group.household.commune.province
            quote = rates.quote(origin=origin, destination=commune.province, weight_g=group.weight_g)
            parcels.append(ParcelQuote(group, quote, rates.is_dear(goods=group.goods, shipping=quote.charge)))
    return OrderQuote(parcels)
