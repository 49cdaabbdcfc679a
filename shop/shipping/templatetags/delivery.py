"""``{% delivery_of product %}``: what sending one pack to the visitor's place costs, and how long it travels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.template import Library
from django.utils import timezone

from catalog.models import Product
from catalog.storefront.structured_data import as_script
from core.periods import vietnam_date
from households.models import Province
from households.places.chosen import chosen_place
from households.places.index import FoundCommune
from shop.shipping.models import Zone
from shop.shipping.rates import Quote, Rates
from shop.shipping.selectors import NoTariff, rates_on

register = Library()


FRESH_SECONDS = 600
"""A new tariff stands on product pages so much later; checkout asks for it itself."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """``place`` is None until the visitor gave one; ``quote`` is None then, and while no tariff holds."""

    place: FoundCommune | None
    quote: Quote | None = None
    spoils: bool = False


def _rates_now() -> Rates:
    """Today's rates, read again every ten minutes. Raises NoTariff."""
    day = vietnam_date(timezone.now())
    key = f"rates:{day}"
    kept: Rates | None = cache.get(key)
    if kept is None:
        kept = rates_on(day)
        cache.set(key, kept, FRESH_SECONDS)
    return kept


@register.simple_tag(takes_context=True)
def delivery_of(context: Any, product: Product) -> Delivery:
    """Without a place no query; with one four."""
    request = context.get("request")
    place = chosen_place(request) if request else None
    if place is None:
        return Delivery(None)
    try:
        rates = _rates_now()
    except NoTariff:
        return Delivery(place)
    quote = rates.quote(
        origin=product.household.commune.province,
        destination=Province.objects.get(code=place.province.code),
        weight_g=product.pack_weight_g or product.net_weight_g or 0,
    )
    return Delivery(place, quote, bool(product.max_transit_days and product.max_transit_days < quote.days))


@register.simple_tag
def shipping_terms(offer_address: str, weight_g: int | None) -> str:
    """schema.org of how the offer at this address is sent: the charge and days of the farthest zone, at most.

    Empty while no tariff holds. Three queries.
    """
    try:
        rates = _rates_now()
    except NoTariff:
        return ""
    farthest = rates.zones[Zone.INTER_REGION]
    days = [prices.days for prices in rates.zones.values()]
    return as_script(
        {
            "@type": "Offer",
            "@id": f"{offer_address}#offer",
            "shippingDetails": {
                "@type": "OfferShippingDetails",
                "shippingDestination": {"@type": "DefinedRegion", "addressCountry": "VN"},
                "shippingRate": {
                    "@type": "MonetaryAmount",
                    "maxValue": farthest.charge(weight_g or 0),
                    "currency": "VND",
                },
                "deliveryTime": {
                    "@type": "ShippingDeliveryTime",
                    "transitTime": {
                        "@type": "QuantitativeValue",
                        "minValue": min(days),
                        "maxValue": max(days),
                        "unitCode": "DAY",
                    },
                },
            },
            "hasMerchantReturnPolicy": {
                "@type": "MerchantReturnPolicy",
                "applicableCountry": "VN",
                "returnPolicyCategory": "https://schema.org/MerchantReturnUnspecified",
            },
        }
    )
