"""Drafting and editing: a service writes what the form says into a listing, or refuses it and changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from catalog.categories import farm_produce
from catalog.listing.data import OFFER_FIELDS, ListingData, data_of, differences, settled, version_of
from catalog.listing.services.journal import (
    OTHER_VERSION,
    lock_listing,
    record_listing_change,
    require_status,
    set_status,
)
from catalog.listing.services.off_sale import TAKE_BACK_WITHIN, last_event
from catalog.listing.services.refusals import WrongStatus
from catalog.listing.services.writing import accept_listing, write_listing
from catalog.models import ListingStatus, Photo, Product
from catalog.offer.services import lock_offer, open_offer, write_offer
from catalog.photos.services import arrange_photos
from core.errors import ChangedMeanwhile
from core.transactions import in_transaction
from households.access import Acting, NotAllowed

FIRST_VERSION = 1


def draft_listing(
    *, acting: Acting, data: ListingData, photos: Sequence[Photo] = (), key: UUID, now: datetime
) -> Product:
    """A new listing, not yet seen by buyers; the same ``key`` sent again gives back the same one.

    What is new in a form sent again is written into a draft that nobody touched since.
    Raises ListingRefused with the field to mend, ChangedMeanwhile.
    """
    try:
        return _draft_once(acting, data, photos, key, now)
    except IntegrityError:  # the same form sent twice at one moment
        if twin := _sent_before(acting, key):
            return twin
        raise


def _sent_before(acting: Acting, key: UUID) -> Product | None:
    listing = Product.objects.filter(key=key).first()
    if listing and listing.household_id != acting.household.pk:
        raise NotAllowed(_("This listing belongs to another household."))
    return listing


def _sent_again(acting: Acting, twin: Product, data: ListingData, photos: Sequence[Photo], now: datetime) -> Product:
    """Return the listing when the form says nothing new; else write it into the draft, if nobody touched that since.

    The sender went back to the form, or never saw the answer. Raises ChangedMeanwhile.
    """
    shown = list(twin.photos.all())
    if not differences(data_of(twin), settled(data)) and (shown or not photos):
        return twin
    if version_of(twin) != FIRST_VERSION or twin.status != ListingStatus.DRAFT:
        raise ChangedMeanwhile(OTHER_VERSION, twin, version_of(twin))
    return edit_listing(acting=acting, listing=twin, data=data, photos=photos or shown, version=FIRST_VERSION, now=now)


@in_transaction
def _draft_once(acting: Acting, data: ListingData, photos: Sequence[Photo], key: UUID, now: datetime) -> Product:
    if twin := _sent_before(acting, key):
        return _sent_again(acting, twin, data, photos, now)
    full = accept_listing(data, photos)
    listing = Product(
        key=key,
        household=acting.household,
        product_class=farm_produce(),
        is_public=False,
        drafted_by=acting.user,
        drafted_by_team=acting.team,
    )
    write_listing(listing, full)
    open_offer(listing=listing, price=full.price, stock=full.stock)
    arrange_photos(listing=listing, photos=photos, now=now)
    record_listing_change("draft_listing", listing, acting, now, {})
    return listing


@in_transaction
def edit_listing(
    *, acting: Acting, listing: Product, data: ListingData, photos: Sequence[Photo], version: int, now: datetime
) -> Product:
    """Write a listing that is not on sale anew; ``version`` is what ``version_of`` said when the form was shown.

    What is on sale changes by ``propose_revision``. Raises ChangedMeanwhile, ListingRefused, StockBelowReserved.
    """
    row = lock_listing(listing, acting)
    offer = lock_offer(row)
    if version_of(row, offer) != version or row.status in (ListingStatus.PUBLISHED, ListingStatus.DELETED):
        raise ChangedMeanwhile(OTHER_VERSION, row, version_of(row, offer))
    full, before = accept_listing(data, photos), data_of(row)
    changes: dict[str, Any] = differences(before, full)
    write_offer(offer, price=full.price, stock=full.stock)
    if arrange_photos(listing=row, photos=photos, now=now):
        changes["photos"] = [None, [str(photo.key) for photo in photos]]
    if changes.keys() - OFFER_FIELDS:
        row.drafted_by, row.drafted_by_team = acting.user, acting.team
    row.version += 1
    write_listing(row, full)
    record_listing_change("edit_listing", row, acting, now, changes)
    return row


@in_transaction
def delete_draft(*, acting: Acting, listing: Product, now: datetime) -> Product:
    """Put away what was never on sale; it can be restored for a while. Raises WrongStatus."""
    row = lock_listing(listing, acting)
    if row.status == ListingStatus.DELETED:
        return row
    require_status(row, ListingStatus.DRAFT, ListingStatus.WITHDRAWN)
    if row.published_at:
        raise WrongStatus(_("It was on sale once, so that its orders and figures keep it. Leave it off sale instead."))
    set_status(row, ListingStatus.DELETED)
    record_listing_change("delete_draft", row, acting, now, {})
    return row


@in_transaction
def restore_draft(*, acting: Acting, listing: Product, now: datetime) -> Product:
    """Take a deleted draft out again, with its photos. Raises WrongStatus once it was deleted for too long."""
    row = lock_listing(listing, acting)
    if row.status == ListingStatus.DRAFT:
        return row
    require_status(row, ListingStatus.DELETED)
    if last_event(row).at < now - TAKE_BACK_WITHIN:
        raise WrongStatus(_("It was deleted too long ago to be restored."))
    set_status(row, ListingStatus.DRAFT)
    record_listing_change("restore_draft", row, acting, now, {})
    return row
