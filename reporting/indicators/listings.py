"""Indicators of what is on sale: products, and the households that sell them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from catalog.cards import product_url
from catalog.models import ListingEvent, ListingStatus
from households.models import AccountEvent, Household
from reporting.frames import Frame
from reporting.indicators.accounts import is_open, last_events
from reporting.indicators.declaration import Adding, Doubts, Evidence, Indicator, Proof
from reporting.indicators.doubts import EVERY_SALE_IN_DOUBT, out_of_doubt
from reporting.indicators.orders import standing_acceptances
from reporting.standing import stood_in_area

HOUSEHOLD = "product__household__"


def on_sale(frame: Frame) -> QuerySet[ListingEvent]:
    """For each listing on sale at the end, the event that put it there; account and storefront are open then."""
    storefront = last_events(frame, (AccountEvent.Kind.STOREFRONT_OPENED, AccountEvent.Kind.STOREFRONT_CLOSED))
    shown = storefront.filter(kind=AccountEvent.Kind.STOREFRONT_OPENED)
    later = ListingEvent.objects.filter(product=OuterRef("product"), at__lt=frame.end).filter(
        Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk"))
    )
    return ListingEvent.objects.filter(
        ~Exists(later),
        is_open(frame, HOUSEHOLD),
        product__household__in=shown.values("household"),
        status=ListingStatus.PUBLISHED,
        at__lt=frame.end,
    )


def households_on_sale(frame: Frame) -> QuerySet[Household]:
    # Narrowed to the area here as well: the listings of the whole country are no part of a commune's answer.
    listings = on_sale(frame).filter(stood_in_area(frame, HOUSEHOLD))
    return Household.objects.filter(pk__in=listings.values("product__household"))


def sales_so_far(frame: Frame) -> QuerySet[Any]:
    """Acceptances before the end, by the household outside, that still stand."""
    return standing_acceptances(frame).filter(household_order__household=OuterRef("pk"))


def sellers_in_doubt_alone(rows: QuerySet[Any], frame: Frame) -> QuerySet[Any]:
    sales = sales_so_far(frame)
    return rows.filter(Exists(sales), ~Exists(out_of_doubt(sales, frame)))


def with_newest_listing(rows: QuerySet[Any], frame: Frame) -> QuerySet[Any]:
    newest = on_sale(frame).filter(product__household=OuterRef("pk")).order_by("-at", "-pk")
    proven: QuerySet[Any] = rows.annotate(
        listing_id=Subquery(newest.values("product")[:1]),
        listing_title=Subquery(newest.values("product__title")[:1]),
        listing_slug=Subquery(newest.values("product__slug")[:1]),
        listed_at=Subquery(newest.values("at")[:1]),
        has_sale=Exists(sales_so_far(frame)),
        has_sound_sale=Exists(out_of_doubt(sales_so_far(frame), frame)),
    )
    return proven


def show_newest_listing(row: Any) -> Evidence:
    return Evidence(
        what=row.listing_title,
        at=row.listed_at,
        url=product_url(row.listing_slug, row.listing_id),
        doubt=str(EVERY_SALE_IN_DOUBT) if row.has_sale and not row.has_sound_sale else "",
    )


def show_listing(row: ListingEvent) -> Evidence:
    return Evidence(what=row.product.title, at=row.at, url=product_url(row.product.slug, row.product_id))


PRODUCTS = Indicator(
    code="products",
    version=1,
    valid_from=date(2021, 7, 21),
    name=_("Products on sale"),
    unit=_("products"),
    text=_(
        "Products on sale at the end of the period, in accounts and storefronts that are open then. A product "
        "withdrawn before the end does not count."
    ),
    source=_("Decision 1034/QĐ-BTTTT: farm products listed on the marketplace."),
    facts=on_sale,
    household=HOUSEHOLD,
    adding=Adding.COUNT,
    proof=Proof(show_listing),
)

SELLERS = Indicator(
    code="sellers",
    version=1,
    valid_from=date(2021, 7, 21),
    name=_("Households with a product on sale"),
    unit=_("households"),
    text=_("Households with at least one product on sale at the end of the period."),
    source=_("Rule of this marketplace; the programme counts accounts and products, not who lists."),
    facts=households_on_sale,
    household="",
    adding=Adding.COUNT,
    proof=Proof(show_newest_listing, with_newest_listing),
    doubts=Doubts(
        sellers_in_doubt_alone,
        _(
            "In doubt is a household that sold until the end of the period, but only in orders that one person alone "
            "could have made up: what it bought from itself, what a member of its team bought, and what one volunteer "
            "answered and delivered without the household or a paid card. Its products are on sale all the same."
        ),
    ),
)

DECLARED = (PRODUCTS, SELLERS)
