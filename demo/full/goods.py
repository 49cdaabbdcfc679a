"""What the active households of a team have on sale, written as publishing would have left it."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from accounts.models import User
from catalog.categories import farm_produce
from catalog.models import Category, ListingEvent, ListingStatus, Product
from catalog.offer.models import Partner, StockRecord
from core.text import slug
from demo.full.plan import TeamPlan
from demo.full.totals import SEED, YEAR
from demo.rows import key, rows
from households.models import AccountEvent, Act, DigitalTeam, Household

IN_STOCK = 2_000


@cache
def goods() -> tuple[dict[str, str], ...]:
    return tuple(rows("dong_nai_goods"))


def write_goods(
    plan: TeamPlan, active: list[Household], drafter: User, team: DigitalTeam, chance: random.Random
) -> list[Product]:
    """The team's share of the province's products, each of one of its active households."""
    sellers = chance.sample(active, min(len(active), (plan.products + 1) // 2)) if plan.products else []
    chosen = chance.sample(goods(), min(plan.products, len(goods())))
    pairs = [(sellers[place % len(sellers)], chosen[place % len(chosen)]) for place in range(plan.products)]
    products = Product.objects.bulk_create(
        _product(plan, place, seller, row, drafter, team, chance) for place, (seller, row) in enumerate(pairs)
    )
    Household.objects.filter(pk__in=[seller.pk for seller in sellers]).update(is_selling=True)
    # The first listing that was put on sale opened the storefront.
    first_sale: dict[int, datetime] = {}
    for product in products:
        known = first_sale.get(product.household_id, _published(product))
        first_sale[product.household_id] = min(known, _published(product))
    AccountEvent.objects.bulk_create(
        AccountEvent(household_id=seller, kind=AccountEvent.Kind.STOREFRONT_OPENED, at=at, actor=drafter)
        for seller, at in first_sale.items()
    )
    Partner.objects.bulk_create(
        Partner(household=seller, name=seller.name, code=seller.code.lower()) for seller in sellers
    )
    _write_offers(products, [row for _seller, row in pairs])
    _write_history(products, drafter, team)
    return products


def _product(
    plan: TeamPlan,
    place: int,
    seller: Household,
    row: dict[str, str],
    drafter: User,
    team: DigitalTeam,
    chance: random.Random,
) -> Product:
    assert seller.opened_at is not None
    earliest = max(seller.opened_at, YEAR[0])
    title = f"{row['title']}, {plan.commune.name}"
    return Product(
        key=key(SEED, "product", str(plan.number), str(place)),
        household=seller,
        title=title,
        slug=slug(title),
        description=f"{row['title']} của {seller.name}, {plan.village_name}, {plan.commune.name}.",
        product_class=farm_produce(),
        status=ListingStatus.PUBLISHED,
        is_public=True,
        published_at=earliest + (YEAR[1] - earliest) * chance.uniform(0.05, 0.9),
        origin_commune=plan.commune,
        drafted_by=drafter,
        drafted_by_team=team,
        **_measures(row),
    )


def _measures(row: dict[str, str]) -> dict[str, Any]:
    return {
        "sale_unit": row["unit"],
        "net_weight_g": int(row["net_weight_g"]),
        "pieces": int(row["pieces"]) if row["pieces"] else None,
        "pack_weight_g": int(row["pack_weight_g"]),
        "harvest_months": [int(month) for month in row["months"].split()],
        "storage": row["storage"],
    }


def _write_offers(products: list[Product], described: list[dict[str, str]]) -> None:
    partners = {row.household_id: row for row in Partner.objects.filter(household__in=[p.household for p in products])}
    categories = dict(
        Category.objects.filter(code__in=[row["category"] for row in described]).values_list("code", "pk")
    )
    StockRecord.objects.bulk_create(
        StockRecord(
            product=product,
            partner=partners[product.household_id],
            partner_sku=str(product.pk),
            price=int(row["price"]),
            num_in_stock=IN_STOCK,
            num_allocated=0,
        )
        for product, row in zip(products, described, strict=True)
    )
    Product.categories.through._default_manager.bulk_create(
        Product.categories.through(product=product, category_id=categories[row["category"]])
        for product, row in zip(products, described, strict=True)
    )


def _write_history(products: list[Product], drafter: User, team: DigitalTeam) -> None:
    ListingEvent.objects.bulk_create(
        ListingEvent(product=product, status=status, at=at)
        for product in products
        for status, at in (
            (ListingStatus.DRAFT, _published(product) - timedelta(hours=2)),
            (ListingStatus.PUBLISHED, _published(product)),
        )
    )
    Act.objects.bulk_create(
        Act(
            key=f"display:{product.key}",
            household=product.household,
            kind=Act.Kind.DISPLAY,
            happened_at=_published(product),
            learned_at=_published(product),
            actor=drafter,
            team=team,
        )
        for product in products
    )


def _published(product: Product) -> datetime:
    assert product.published_at is not None
    return product.published_at
