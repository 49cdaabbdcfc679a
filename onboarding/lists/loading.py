"""Loading what a list says: good rows become households that wait for their team, or drafts of listings.

Nothing is opened and nothing goes on sale by a list: a household still has to consent and confirm its phone, a draft
still has to be checked. A row that stands here already changes nothing, so that a list can be loaded again, and one
that was stopped half way goes on.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import reset_queries, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from catalog.listing.data import ListingData, ListingRefused
from catalog.listing.services import draft_from_list
from catalog.models import Category, Product
from catalog.units import SaleUnit
from core.errors import DomainError
from core.spreadsheets import Sheet
from core.text import fold
from core.transactions import in_transaction
from households.models import Commune, Household
from households.services import register_household
from onboarding.lists.goods import GRAMS_OF_UNIT, SaleMeasure
from onboarding.lists.households import read_households
from onboarding.lists.listings import read_listings
from onboarding.lists.rows import ListRow
from onboarding.lists.values import CellProblem

CHUNK = 200
"""Rows in one transaction: a list that is stopped loses at most these, and they load the next time."""
_KEYS = uuid.UUID("6f0d3b52-8b0d-4f0e-9a39-5d1f3c0b7c11")
"""From it a listing's key is made, so that the same row makes the same listing."""
UNWEIGHED_PIECES, UNWEIGHED_PACK_GRAMS = 1, 1000
"""What a draft takes for a packing of which the list says no weight, until somebody weighs it."""

HOUSEHOLDS, LISTINGS = "households", "listings"
KINDS = (HOUSEHOLDS, LISTINGS)


def load_list(
    *,
    kind: str,
    sheets: Sequence[Sheet],
    now: datetime,
    province: str | None = None,
    actor: User | None = None,
    dry_run: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Iterator[ListRow]:
    """Read and load a list of one of ``KINDS``; each row of data comes back with what it means and its status.

    ``province`` is a code and narrows where communes are looked for; ``actor`` is who sends the list, None for a
    command on the server. ``progress`` hears how many rows of how many are done.
    """
    if kind == HOUSEHOLDS:
        rows, load = list(read_households(sheets, province=province, now=now)), _load_households
    else:
        rows, load = list(read_listings(sheets)), _load_listings
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        load(chunk, actor, now, dry_run)
        for row in chunk:
            row.meant.clear()
        reset_queries()  # in development Django keeps each query
        progress(start + len(chunk), len(rows))
        yield from chunk


@in_transaction
def _load_households(chunk: Sequence[ListRow], actor: User | None, now: datetime, dry_run: bool) -> None:
    phones = [row.values["phone"] for row in chunk if row.status == "good"]
    known = {household.phone: household for household in Household.objects.filter(phone__in=phones)}
    for row in chunk:
        if row.status == "good" and (household := known.get(row.values["phone"])):
            _meet_household(row, household)
        elif row.status == "good" and not dry_run:
            _try(row, _register, actor, now)


@in_transaction
def _load_listings(chunk: Sequence[ListRow], actor: User | None, now: datetime, dry_run: bool) -> None:
    households = _households_of(chunk)
    categories = Category.objects.in_bulk(
        {row.meant["category"] for row in chunk if row.meant["category"]}, field_name="code"
    )
    for row in chunk:
        row.meant["category"] = categories.get(row.meant["category"])
        row.meant["household"] = households.get(row.values["household"] or "")
        if row.values["household"] and row.meant["household"] is None:
            row.refuse(CellProblem("household", "unknown_household", _("No household here has this code or phone.")))
    keys = {id(row): _listing_key(row) for row in chunk if row.status == "good"}
    known = set(Product.objects.filter(key__in=keys.values()).values_list("key", flat=True))
    for row in chunk:
        if (key := keys.get(id(row))) is None:
            continue
        if key in known:
            row.status = "known"
            continue
        known.add(key)
        if not dry_run:
            _try(row, _draft, key, actor, now)


def _try(row: ListRow, load: Callable[..., Any], *with_what: Any) -> None:
    """Load one row; what a rule of the shop refuses is a problem of that row alone."""
    try:
        with transaction.atomic():
            load(row, *with_what)
    except DomainError as refusal:
        row.refuse(CellProblem(refusal.field or "", refusal.code, str(refusal)))


def _meet_household(row: ListRow, household: Household) -> None:
    """The household that has the phone already: the same one, or another whose number it is."""
    if fold(row.values["name"]) == fold(household.name) or fold(row.values["name"]) in household.search_text:
        row.status = "known"
        return
    message = _("Another household here has this phone number. Read the number back to the household.")
    row.refuse(CellProblem("phone", "phone_of_other_household", message))


def _register(row: ListRow, actor: User | None, now: datetime) -> None:
    values = row.values
    household = register_household(
        key=f"list:{values['phone']}",
        name=values["name"],
        phone=values["phone"],
        head_name=values["name"],
        commune=Commune.objects.get(pk=values["commune_code"]),
        village_name=values["village"] or "",
        actor=actor,
        now=now,
    )
    if values["head"] is False:
        household.head = None
        household.save(update_fields=["head"])


def _households_of(chunk: Sequence[ListRow]) -> dict[str, Household]:
    """The open households of the rows by what the row names: a code or a phone."""
    named = [row.values["household"] for row in chunk if row.values["household"]]
    rows = Household.objects.filter(closed_at=None).select_related("commune")
    by_code = {household.code: household for household in rows.filter(code__in=named)}
    return by_code | {household.phone: household for household in rows.filter(phone__in=named)}


def _listing_key(row: ListRow) -> uuid.UUID:
    """One listing is one household's product in one packing."""
    values = row.values
    packing = f"{values['unit']} {values['net_weight_g']}"
    return uuid.uuid5(_KEYS, f"{row.meant['household'].pk} {fold(values['name'])} {packing}")


def _draft(row: ListRow, key: uuid.UUID, actor: User | None, now: datetime) -> None:
    household: Household = row.meant["household"]
    draft_from_list(
        household=household, data=listing_data(row), key=key, note=" ".join(_to_mend(row)), actor=actor, now=now
    )


def listing_data(row: ListRow) -> ListingData:
    """What the row says as a listing. A price by the yến, tạ or tấn becomes one by the kilogram. Raises ListingRefused.

    A packing of unknown weight counts as one piece; ``_to_mend`` asks for its weight before anything is sold.
    """
    values, measure = row.values, row.meant.get("measure") or SaleMeasure("kg", SaleUnit.KILOGRAM)
    kilograms = GRAMS_OF_UNIT[measure.word] // 1000 if measure.word in ("yến", "tạ", "tấn") else 1
    price, rest = divmod(values["price_vnd"], kilograms)
    if rest:
        raise ListingRefused(_("The price of one kilogram is no whole dong. Write the price per kg."), field="price")
    is_weighed = measure.unit == SaleUnit.KILOGRAM or values["net_weight_g"] or measure.pieces
    return ListingData(
        title=values["name"],
        category_id=row.meant["category"].pk,
        price=price,
        stock=(values["stock"] or 0) * kilograms,
        origin_commune_id=row.meant["household"].commune_id,
        sale_unit=measure.unit,
        pieces=measure.pieces or (None if is_weighed else UNWEIGHED_PIECES),
        net_weight_g=values["net_weight_g"],
        pack_weight_g=None if values["net_weight_g"] or measure.unit == SaleUnit.KILOGRAM else UNWEIGHED_PACK_GRAMS,
        harvest_months=tuple(values["harvest_months"] or ()),
        description=values["description"] or "",
    )


def _to_mend(row: ListRow) -> list[str]:
    """What the list does not say and the household has to, in the words of the draft's note."""
    values, notes = row.values, []
    if not values["net_weight_g"] and row.meant.get("measure") and row.meant["measure"].unit != SaleUnit.KILOGRAM:
        notes.append(_("Say how much one sale unit weighs."))
    if values["ocop_stars"]:
        notes.append(
            _("The list says OCOP %(stars)s stars: write down the certificate.") % {"stars": values["ocop_stars"]}
        )
    return notes
