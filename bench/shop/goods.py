"""The same goods in both shops: read from ours, written into the stock shop. Each runs in its shop's process."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import django

LEFT = 1_000_000
"""Of each listing, in both shops: no measurement is to sell one out."""


def take_out(file: Path) -> None:
    """What ours sells, as JSON; every listing gets enough stock first."""
    from catalog.models import Category
    from catalog.offer.models import StockRecord
    from catalog.selectors import published_listings
    from households.models import Commune

    StockRecord.objects.update(num_in_stock=LEFT, num_allocated=0)
    rows = (
        published_listings().select_related("household").prefetch_related("stockrecords", "categories").order_by("pk")
    )
    listings = [
        {
            "pk": row.pk,
            "slug": row.slug,
            "title": row.title,
            "description": row.description,
            "price": row.stockrecords.all()[0].dong,
            "seller": row.household.code,
            "seller_name": row.household.name,
            "category": row.categories.all()[0].pk,
        }
        for row in rows.iterator(chunk_size=1_000)
    ]
    used = {listing["category"] for listing in listings}
    categories = [{"pk": row.pk, "name": row.name, "slug": row.slug} for row in Category.objects.filter(pk__in=used)]
    commune = Commune.objects.filter(valid_until=None).select_related("province").order_by("pk")[0]
    given = {"listings": listings, "categories": categories, "commune": f"{commune.name}, {commune.province.name}"}
    file.write_text(json.dumps(given), encoding="utf-8")


def bring_in(file: Path) -> None:
    """The same into a new stock shop, in bulk, and into its index."""
    from django.core.management import call_command
    from oscar.apps.address.models import Country
    from oscar.apps.catalogue.models import Category, Product, ProductCategory, ProductClass
    from oscar.apps.partner.models import Partner, StockRecord

    call_command("migrate", verbosity=0)
    given: dict[str, list[dict[str, Any]]] = json.loads(file.read_text(encoding="utf-8"))
    Country.objects.create(iso_3166_1_a2="VN", name="Vietnam", printable_name="Vietnam", is_shipping_country=True)
    goods = ProductClass.objects.create(name="Goods", track_stock=True, requires_shipping=True)
    categories = {row["pk"]: Category.add_root(name=row["name"], slug=row["slug"]) for row in given["categories"]}
    sellers = {row["seller"]: row["seller_name"] for row in given["listings"]}
    partners = {code: Partner.objects.create(code=code, name=name) for code, name in sellers.items()}
    columns = ("pk", "title", "slug", "description")
    Product.objects.bulk_create(
        (
            Product(product_class=goods, upc=f"p{row['pk']}", **{name: row[name] for name in columns})
            for row in given["listings"]
        ),
        batch_size=1_000,
    )
    ProductCategory.objects.bulk_create(
        (ProductCategory(product_id=row["pk"], category=categories[row["category"]]) for row in given["listings"]),
        batch_size=1_000,
    )
    StockRecord.objects.bulk_create(
        (
            StockRecord(
                product_id=row["pk"],
                partner=partners[row["seller"]],
                partner_sku=str(row["pk"]),
                price_currency="VND",
                price=row["price"],
                num_in_stock=LEFT,
                num_allocated=0,
            )
            for row in given["listings"]
        ),
        batch_size=1_000,
    )
    call_command("update_index", verbosity=0, batchsize=1_000)


if __name__ == "__main__":
    django.setup()
    (take_out if os.environ["DJANGO_SETTINGS_MODULE"].startswith("marketplace") else bring_in)(Path(sys.argv[1]))
