"""The acts on a listing: what a phone saw is merged with what stands, then written by the listing's own services."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from catalog.listing.data import ListingData, data_of, version_of, with_words
from catalog.listing.services import (
    OfferChange,
    StockChange,
    draft_listing,
    edit_listing,
    open_revision_of,
    propose_revision,
    set_offer,
    submit_for_check,
)
from catalog.listing.services.journal import lock_listing
from catalog.models import ListingStatus, Photo, Product
from catalog.offer.services import lock_offer
from catalog.photos.selectors import photos_by_key
from core.errors import DomainError
from households.access import Acting
from onboarding.field.models import SentPhoto
from onboarding.field.schemas import AddPhoto, AdjustStock, DraftListing, EditListing, ListingFields, SetPrice
from onboarding.field.services.outcomes import Conflict, Outcome, merge

#: What says how much one sale unit is: one of them alone means nothing.
MEASURE = frozenset({"sale_unit", "pieces", "net_weight_g", "pack_weight_g"})


class PhotoGone(DomainError):
    code = "photo_gone"
    field = "photo"


def draft(act: DraftListing, acting: Acting, now: datetime) -> Outcome:
    """Raises NotAllowed, ListingRefused with the field to mend."""
    fields = _as_said(act.fields)
    start = {"title": "", "category_id": 0, "origin_commune_id": acting.household.commune_id}
    data = ListingData(**{**start, **fields}, price=act.price, stock=act.stock)
    listing = draft_listing(acting=acting, data=data, key=act.listing, now=now)
    return _outcome(listing)


def edit(act: EditListing, listing: Product, acting: Acting, now: datetime) -> Outcome:
    """Field by field: what nobody else changed is written, the rest is left and shown. Raises what the services do."""
    row = lock_listing(listing, acting)
    lock_offer(row)
    data, photos = _as_it_goes_on(row, acting)
    standing = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(data).items()}
    changes, conflicts = merge(
        wanted=act.fields.model_dump(exclude_unset=True),
        seen=act.seen.model_dump(exclude_unset=True),
        standing=standing,
        together=[MEASURE],
    )
    wanted = replace(data, **_tuples(changes))
    if wanted != data:
        _write(row, acting, wanted, photos, now)
    return _outcome(row, conflicts)


def set_price(act: SetPrice, listing: Product, acting: Acting, now: datetime) -> Outcome:
    row = lock_listing(listing, acting)
    offer = lock_offer(row)
    changes, conflicts = merge(wanted={"price": act.price}, seen={"price": act.seen}, standing={"price": offer.dong})
    if changes:
        change = OfferChange(version=offer.version, key=act.key, price=act.price)
        set_offer(acting=acting, listing=row, change=change, now=now)
    return _outcome(row, conflicts)


def adjust_stock(act: AdjustStock, listing: Product, acting: Acting, now: datetime) -> Outcome:
    """The act's key is the adjustment's, so that the stock too would know it again."""
    row = lock_listing(listing, acting)
    version = lock_offer(row).version
    change = OfferChange(version=version, key=act.key, stock=StockChange(difference=act.difference))
    set_offer(acting=acting, listing=row, change=change, now=now)
    return _outcome(row)


def add_photo(act: AddPhoto, listing: Product, acting: Acting, photo: Photo | None, now: datetime) -> Outcome:
    """Behind the photos that are there; the same content twice is one picture."""
    row = lock_listing(listing, acting)
    lock_offer(row)
    sent = SentPhoto.objects.filter(listing=row, sha256=act.photo).select_related("photo").first()
    added = sent.photo if sent else photo
    if added is None:  # it came and was removed for good while this act was on its way
        raise PhotoGone(_("This photo is gone. Take it again."))
    data, photos = _as_it_goes_on(row, acting)
    if added.pk not in {shown.pk for shown in photos}:
        _write(row, acting, data, [*photos, added], now)
    if sent is None:
        SentPhoto.objects.create(listing=row, sha256=act.photo, photo=added)
    return _outcome(row)


def submit(listing: Product, acting: Acting, now: datetime) -> Outcome:
    return _outcome(submit_for_check(acting=acting, listing=listing, now=now))


def _as_it_goes_on(row: Product, acting: Acting) -> tuple[ListingData, list[Photo]]:
    """The listing as its form would open: with the change that is under way, where it is on sale."""
    data, photos = data_of(row), list(row.photos.all())
    change = open_revision_of(acting, row) if row.status == ListingStatus.PUBLISHED else None
    return (with_words(data, change.words), photos_by_key(change.photo_keys)) if change else (data, photos)


def _write(row: Product, acting: Acting, data: ListingData, photos: Sequence[Photo], now: datetime) -> None:
    """A draft is written over; what is on sale gets a change beside it. The caller holds the listing and its offer."""
    version = version_of(row)
    if row.status != ListingStatus.PUBLISHED:
        edit_listing(acting=acting, listing=row, data=data, photos=photos, version=version, now=now)
        return
    change = open_revision_of(acting, row)
    propose_revision(
        acting=acting,
        listing=row,
        data=data,
        photos=photos,
        version=version,
        replaces=change.pk if change else None,
        now=now,
    )


def _as_said(fields: ListingFields) -> dict[str, Any]:
    """What the phone wrote; a field left out, or said to be nothing, keeps the default of the form."""
    return _tuples(fields.model_dump(exclude_none=True))


def _tuples(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}


def _outcome(listing: Product, conflicts: Sequence[Conflict] = ()) -> Outcome:
    result = {"listing": str(listing.key), "number": listing.pk}
    return Outcome(listing.household.code, result, list(conflicts))
