"""The listings of a judged set as documents of the index, with the places that their codes or names mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from zlib import crc32

from core.text import slug
from households.places.units import PlaceNames
from search.engines.documents import ListingDocument, Named
from search.relevance.folder import CatalogueRow


def documents(rows: Iterable[CatalogueRow], places: PlaceNames) -> Iterator[ListingDocument]:
    for row in rows:
        commune = places.communes.get(row.commune_code)
        province_code = row.province_code or (commune.province_code if commune else places.province_code(row.province))
        yield ListingDocument(
            sku=row.sku,
            version=1,
            title=row.name,
            slug=slug(row.name),
            description=row.description,
            categories=tuple(_named(name.strip()) for name in row.category.split(">") if name.strip()),
            household=_named(row.household),
            province=Named(province_code, row.province or _province_name(places, province_code)),
            commune=Named(row.commune_code, commune.name if commune else ""),
            former_places=places.former_names(row.commune_code),
            unit=row.unit,
            net_weight_g=row.net_weight_g,
            price=row.price_vnd,
            harvest_months=row.season_months or tuple(range(1, 13)),
            ocop_stars=row.ocop_stars,
        )


def _province_name(places: PlaceNames, code: str) -> str:
    known = places.provinces.get(code)
    return known.name if known else ""


def _named(name: str) -> Named:
    return Named(key_of_name(name), name, slug(name))


def key_of_name(name: str) -> str:
    """The key of a category or a household that a judged set knows only by its name."""
    return f"{crc32(name.encode()):08x}"
