"""Orders for tests: a tariff, a listing with stock, an order of it."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.utils.text import slugify

from catalog.models import Product, ProductClass
from catalog.offer.models import Partner, StockRecord
from households.models import Commune, Household
from shop.checkout.placement import place_order
from shop.order.models import Order
from shop.order.stock import WantedLine
from shop.shipping.management.commands.load_shipping_tariff import STARTING_TARIFF
from shop.shipping.models import ShippingTariff
from shop.shipping.services import load_tariff


def make_tariff(now: datetime, **changes: Any) -> ShippingTariff:
    """The demo tariff, unless told otherwise."""
    data = json.loads(STARTING_TARIFF.read_text(encoding="utf-8"))
    return load_tariff(**{**data, "valid_from": date(2025, 7, 1), "now": now, **changes})


def make_listing(
    household: Household, title: str = "Trà nõn tôm", *, price: int = 120_000, stock: int = 10, **fields: Any
) -> Product:
    """A listing on sale."""
    product_class, _made = ProductClass.objects.get_or_create(name="Nông sản")
    product = Product.objects.create(
        **{
            "title": title,
            "slug": slugify(title),
            "product_class": product_class,
            "household": household,
            "origin_commune": household.commune,
            "status": "published",
            "is_public": True,
            "sale_unit": "kg",
            "net_weight_g": 1000,
            "pack_weight_g": 1100,
            "published_at": household.opened_at,
            **fields,
        }
    )
    partner, _made = Partner.objects.get_or_create(
        household=household, defaults={"name": household.name, "code": household.code}
    )
    StockRecord.objects.create(
        product=product, partner=partner, partner_sku=f"{product.pk}", price=price, num_in_stock=stock
    )
    return product


def place(
    *wanted: tuple[Product, int], commune: Commune, now: datetime, key: UUID | None = None, **changes: Any
) -> Order:
    """An order of (listing, quantity) pairs by a guest, paid on delivery."""
    return place_order(
        **{
            "lines": [WantedLine(product.pk, quantity) for product, quantity in wanted],
            "placement_key": key or uuid4(),
            "name": "Đỗ Thị Mua",
            "phone": "0987 654 321",
            "commune": commune,
            "address": "Số 5 ngõ Chợ",
            "phone_is_proven": True,
            "now": now,
            **changes,
        }
    )


def stock_of(product: Product) -> tuple[int, int]:
    """(in stock, kept for orders) as the database has it."""
    record = StockRecord.objects.get(product=product)
    return record.num_in_stock or 0, record.num_allocated or 0


def past_taking_back(now: datetime) -> datetime:
    """When what was done ``now`` can no longer be taken back: only then money goes back."""
    return now + timedelta(minutes=settings.TAKE_BACK_MINUTES)
