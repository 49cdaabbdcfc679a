"""What is typed into a listing, checked by its rules before anything is written."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from catalog.models import Product, Storage
from catalog.offer.models import StockRecord
from catalog.units import SaleUnit
from core.errors import DomainError
from core.money import MAX_DONG, show_dong
from core.text import nfc

OFFER_FIELDS = frozenset({"price", "stock"})
MAX_STOCK = 1_000_000
MAX_PIECES = 1_000
MAX_TRANSIT_DAYS = 60


class ListingRefused(DomainError):
    """A listing that breaks a rule; ``field`` names the field to mend."""

    code = "listing_refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingData:
    """One listing as its household means it; each attribute is declared in ``catalog.properties``.

    ``category_id`` 0: the category was deleted. ``sale_unit`` and ``storage`` are values of SaleUnit and Storage.
    ``pack_weight_g`` None: estimated from the net weight.
    """

    title: str
    category_id: int
    price: int
    stock: int
    origin_commune_id: str
    sale_unit: str = SaleUnit.KILOGRAM
    pieces: int | None = None
    net_weight_g: int | None = None
    pack_weight_g: int | None = None
    harvest_months: tuple[int, ...] = ()
    storage: str = Storage.AMBIENT
    max_transit_days: int | None = None
    description: str = ""


COLUMNS = tuple(field.name for field in fields(ListingData) if field.name not in OFFER_FIELDS | {"category_id"})
"""What stands on the product's own row; the kind hangs on it, price and stock are on its stock record."""


def settled(data: ListingData) -> ListingData:
    """The same listing with what follows from it filled in. Raises ListingRefused, the first of ``refusals``."""
    full = completed(data)
    for refusal in refusals(full):
        raise refusal
    return full


def completed(data: ListingData) -> ListingData:
    """Fill in what follows from the rest: a kilogram weighs one, a piece is one, a parcel weighs a little more."""
    pieces, net = data.pieces, data.net_weight_g
    if data.sale_unit == SaleUnit.KILOGRAM:
        pieces, net = None, 1000
    elif data.sale_unit == SaleUnit.PIECE:
        pieces = 1
    pack = data.pack_weight_g or (estimated_pack_weight(net) if net else None)
    return replace(
        data,
        title=" ".join(nfc(data.title).split()),
        description=nfc(data.description).strip(),
        pieces=pieces,
        net_weight_g=net,
        pack_weight_g=pack,
        harvest_months=tuple(sorted(set(data.harvest_months))),
    )


def estimated_pack_weight(net_weight_g: int) -> int:
    """Net weight and a tenth for packing, at least 50 g."""
    return net_weight_g + max(net_weight_g // 10, 50)


def refusals(data: ListingData) -> list[ListingRefused]:
    """Every rule that the listing breaks, each with the field to mend."""
    broken = [(field, message) for field, holds, message in _rules(data) if not holds]
    return [ListingRefused(message, field=field) for field, message in broken]


def _rules(data: ListingData) -> list[tuple[str, bool, Any]]:
    most = {"most": show_dong(MAX_DONG)}
    return [
        ("title", 3 <= len(data.title) <= 120, _("Give the product a name of 3 to 120 letters.")),
        ("price", 1 <= data.price <= MAX_DONG, _("The price must be from 1 đ to %(most)s.") % most),
        ("stock", 0 <= data.stock <= MAX_STOCK, _("Write how many you have to sell, from 0 to 1,000,000.")),
        *_measure_rules(data),
        ("harvest_months", set(data.harvest_months) <= set(range(1, 13)), _("A month is from 1 to 12.")),
        (
            "max_transit_days",
            data.max_transit_days is None or 1 <= data.max_transit_days <= MAX_TRANSIT_DAYS,
            _("Write how many days it keeps on the road, from 1 to 60."),
        ),
        ("description", len(data.description) <= 4000, _("The description is too long: at most 4,000 letters.")),
    ]


def _measure_rules(data: ListingData) -> list[tuple[str, bool, Any]]:
    said = data.pieces or data.net_weight_g
    return [
        (
            "pieces",
            data.pieces is not None or data.sale_unit != SaleUnit.CHUC,
            _("Say how many pieces are in one chục: 10, 12, 14 …"),
        ),
        ("pieces", data.pieces is None or 1 <= data.pieces <= MAX_PIECES, _("Write from 1 to 1,000 pieces.")),
        ("net_weight_g", bool(said), _("Say how much one sale unit weighs, or how many pieces are in it.")),
        ("pack_weight_g", bool(data.pack_weight_g), _("Say how much one parcel weighs, so that its postage is known.")),
    ]


def data_of(listing: Product) -> ListingData:
    """The listing as it stands, to show in a form or to compare. Reads categories and stock."""
    record = listing.stockrecords.get()
    columns: dict[str, Any] = {name: getattr(listing, name) for name in COLUMNS}
    columns["harvest_months"] = tuple(listing.harvest_months)
    category_id = listing.categories.values_list("pk", flat=True).first() or 0
    return ListingData(category_id=category_id, price=record.dong, stock=record.num_in_stock or 0, **columns)


def version_of(listing: Product, record: StockRecord | None = None) -> int:
    """The version of the listing with its offer, which a form shows and brings back.

    Both only grow, so their sum is another one as soon as one of them is. Reads the stock record unless it is given.
    """
    return listing.version + (record or listing.stockrecords.get()).version


def words_of(data: ListingData) -> dict[str, Any]:
    """All that the listing says but its price and stock, as JSON keeps it."""
    said = {name: value for name, value in asdict(data).items() if name not in OFFER_FIELDS}
    return {**said, "harvest_months": list(data.harvest_months)}


def with_words(data: ListingData, words: dict[str, Any]) -> ListingData:
    """The listing with other words, as ``words_of`` gave them, and its own price and stock."""
    return replace(data, **{**words, "harvest_months": tuple(words["harvest_months"])})


def write_columns(listing: Product, data: ListingData) -> None:
    """Set what the product's own row keeps; the caller saves it."""
    for name in COLUMNS:
        setattr(listing, name, getattr(data, name))
    listing.harvest_months = list(data.harvest_months)


def differences(before: ListingData, after: ListingData) -> dict[str, list[Any]]:
    """Field to [before, after], for the audit row."""
    old, new = asdict(before), asdict(after)
    return {name: [old[name], new[name]] for name in old if old[name] != new[name]}
