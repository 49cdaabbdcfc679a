"""Where documents come from: every pass reads listings and signposts from the database here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import translation

from catalog.certificates.selectors import badges_of
from catalog.models import Category, Product
from catalog.photos.picture import picture_of
from catalog.properties import facet_values, searched_text
from catalog.selectors import category_tree, published_listings, with_card_data
from catalog.units import show_unit
from core.name_order import name_key
from core.periods import vietnam_date
from households.models import Commune, Province
from search.engines.documents import ListingDocument, Named, Signpost
from search.index.delivery import DeliveryReach
from search.index.reliability import reliabilities

CHUNK = 1_000


class Source:
    """What the index should hold at one moment. Certificates count that are valid on that day in Vietnam."""

    def __init__(self, now: datetime, reach: DeliveryReach | None = None) -> None:
        self.today = vietnam_date(now)
        self.reach = reach or DeliveryReach(self.today)

    def listings(self, *, version: int, product_ids: Sequence[int] | None = None) -> Iterator[ListingDocument]:
        """Documents of the listings that buyers may see, all or those of these products, in a fixed number of queries
        for each thousand."""
        with translation.override("vi"):
            for chunk in self._chunks(product_ids):
                yield from self._documents(chunk, version)

    def newest(self, count: int) -> list[ListingDocument]:
        """The listings published last, chosen and read at once."""
        newest = published_listings().order_by("-published_at", "-pk").values("pk")[:count]
        with translation.override("vi"):
            return list(self._documents(newest, version=0))

    def signposts(self) -> Iterator[Signpost]:
        """Categories and places that have listings behind them."""
        yield from self._category_signposts()
        yield from self._place_signposts()

    def _chunks(self, product_ids: Sequence[int] | None) -> Iterator[list[int]]:
        """Primary keys, a thousand at a time. Read by key and not by offset, so that a long reading neither skips nor
        repeats a listing when others change meanwhile."""
        listings = published_listings().order_by("pk").values_list("pk", flat=True)
        if product_ids is not None:
            listings = listings.filter(pk__in=product_ids)
        last = 0
        while chunk := list(listings.filter(pk__gt=last)[:CHUNK]):
            yield chunk
            last = chunk[-1]

    def _documents(self, product_ids: list[int] | QuerySet[Product, Any], version: int) -> Iterator[ListingDocument]:
        listings = list(self._read(product_ids))
        reliable = reliabilities({product.household_id for product in listings}, self.today)
        for product in listings:
            yield self._document(product, version, reliable[product.household_id])

    def _read(self, product_ids: list[int] | QuerySet[Product, Any]) -> QuerySet[Product]:
        listings = with_card_data(published_listings().filter(pk__in=product_ids), self.today)
        listings = listings.prefetch_related("categories", "origin_commune__former_units")
        return listings.annotate(approved_reviews=Count("reviews", filter=Q(reviews__status=1))).order_by("pk")

    @cached_property
    def _paths(self) -> dict[str, Category]:
        return {category.path: category for category in category_tree()}

    def _document(self, product: Product, version: int, reliability: int) -> ListingDocument:
        read: Any = product  # with the prefetched lists and the stars
        household, commune = product.household, product.origin_commune
        record = read.stockrecords.all()[0]
        badges = badges_of(product)
        return ListingDocument(
            sku=str(product.pk),
            product_id=product.pk,
            version=version,
            title=product.title,
            slug=product.slug,
            description=searched_text(product),
            categories=self._branch(read.categories.all()),
            household=Named(household.code, household.name, household.slug),
            province=Named(commune.province.code, commune.province.name, commune.province.slug),
            commune=Named(commune.code, commune.name, commune.slug),
            former_places=_former_places(commune),
            unit=show_unit(product.sale_unit, product.pieces, product.net_weight_g),
            sale_unit=product.sale_unit,
            pieces=product.pieces,
            net_weight_g=product.net_weight_g,
            price=int(record.price),
            in_stock=record.num_in_stock > (record.num_allocated or 0),
            harvest_months=tuple(product.harvest_months),
            ocop_stars=badges.stars,
            certificates=tuple(kind.value for kind in badges.kinds),
            properties=facet_values(product),
            rating=product.rating,
            rating_count=read.approved_reviews,
            reliability=reliability,
            published_at=product.published_at,
            delivers_to=self.reach.provinces(commune.province, product.max_transit_days),
            picture=dict(picture_of(read.ready_photos[0], product.title)) if read.ready_photos else None,
        )

    def _branch(self, categories: Sequence[Category]) -> tuple[Named, ...]:
        """Every category from the root down to each of the listing's own."""
        step = Category.steplen
        paths = {path[:end] for path in (c.path for c in categories) for end in range(step, len(path) + 1, step)}
        found = [self._paths[path] for path in sorted(paths) if path in self._paths]
        return tuple(Named(str(category.pk), category.name, category.slug) for category in found)

    def _category_signposts(self) -> Iterator[Signpost]:
        """The tree with the number of listings in and below each category."""
        counted = published_listings().values_list("categories__path").annotate(listings=Count("pk"))
        own = {path: listings for path, listings in counted if path}
        for path, category in self._paths.items():
            listings = sum(count for below, count in own.items() if below.startswith(path))
            if listings:
                yield Signpost(
                    kind="category",
                    key=str(category.pk),
                    name=category.name,
                    slug=category.slug,
                    detail=self._parent_name(path),
                    other_names=(category.name_en,) if category.name_en else (),
                    listings=listings,
                )

    def _parent_name(self, path: str) -> str:
        parent = self._paths.get(path[: -Category.steplen])
        return parent.name if parent else ""

    def _place_signposts(self) -> Iterator[Signpost]:
        """Provinces and communes where something on sale comes from, also under their former names."""
        origin = published_listings().values_list("origin_commune").annotate(listings=Count("pk"))
        listings_in = dict(origin)
        communes = Commune.objects.filter(pk__in=listings_in).select_related("province")
        per_province: dict[Province, int] = {}
        for commune in communes.prefetch_related("former_units"):
            count = listings_in[commune.pk]
            per_province[commune.province] = per_province.get(commune.province, 0) + count
            yield _place("commune", commune, commune.province.name, _former_places(commune), count)
        for province, count in per_province.items():
            yield _place("province", province, "", tuple(province.former_names), count)


def _place(kind: str, unit: Commune | Province, detail: str, other_names: tuple[str, ...], listings: int) -> Signpost:
    return Signpost(
        kind=kind,
        key=unit.pk,
        name=unit.name,
        slug=unit.slug,
        detail=detail,
        other_names=other_names,
        listings=listings,
    )


def _former_places(commune: Commune) -> tuple[str, ...]:
    """Former communes, districts and provinces that are part of this commune now, each name once."""
    units = commune.former_units.all()
    names = (name for u in units for name in (u.former_name, u.former_district_name, u.former_province_name))
    return tuple(sorted(set(names) - {commune.name, commune.province.name}, key=name_key))
