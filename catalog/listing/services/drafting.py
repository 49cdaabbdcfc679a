"""Drafting and editing: a service writes what the form says into a listing, or refuses it and changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from catalog.categories import farm_produce
from catalog.listing.data import ListingData, ListingRefused, data_of, differences, settled, version_of, write_columns
from catalog.listing.services.journal import lock_listing, record_display, record_listing_change
from catalog.models import Category, ListingStatus, Photo, Product
from catalog.offer.services import lock_offer, open_offer, write_offer
from catalog.photos.services import MAX_PHOTOS, arrange_photos
from core.errors import ChangedMeanwhile
from core.text import slug
from core.transactions import in_transaction
from households.access import Acting, NotAllowed
from households.models import Commune

FIRST_VERSION = 1
OFFER_FIELDS = {"price", "stock"}


OTHER_VERSION = _("Somebody else changed this listing while you were writing. Compare it with yours, then save again.")


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
    full = _accepted(data, photos)
    listing = Product(
        key=key,
        household=acting.household,
        product_class=farm_produce(),
        is_public=False,
        drafted_by=acting.user,
        drafted_by_team=acting.team,
    )
    _write(listing, full)
    open_offer(listing=listing, price=full.price, stock=full.stock)
    arrange_photos(listing=listing, photos=photos)
    record_listing_change("draft_listing", listing, acting, now, {})
    return listing


@in_transaction
def edit_listing(
    *, acting: Acting, listing: Product, data: ListingData, photos: Sequence[Photo], version: int, now: datetime
) -> Product:
    """Write the whole listing anew; ``version`` is what ``version_of`` said when the form was shown.

    What a team changes in the words or photos of a listing on sale is checked again by a second person; price and
    stock are not. Raises ChangedMeanwhile, ListingRefused, StockBelowReserved.
    """
    row = lock_listing(listing, acting)
    offer = lock_offer(row)
    if version_of(row, offer) != version:
        raise ChangedMeanwhile(OTHER_VERSION, row, version_of(row, offer))
    full, before = _accepted(data, photos), data_of(row)
    changes: dict[str, Any] = differences(before, full)
    if row.status == ListingStatus.PUBLISHED and all(photo.failure for photo in photos):
        raise ListingRefused(_("A listing on sale needs at least one photo."), field="photos")
    write_offer(offer, price=full.price, stock=full.stock)
    if arrange_photos(listing=row, photos=photos):
        changes["photos"] = [None, [str(photo.key) for photo in photos]]
    if changes.keys() - OFFER_FIELDS:
        row.drafted_by, row.drafted_by_team = acting.user, acting.team
        if acting.team and row.status == ListingStatus.PUBLISHED:
            row.status, row.is_public = ListingStatus.IN_CHECK, False
    row.version += 1
    _write(row, full)
    record_listing_change("edit_listing", row, acting, now, changes)
    record_display(row, acting, now)
    return row


def _accepted(data: ListingData, photos: Sequence[Photo]) -> ListingData:
    full = settled(data)
    if len(photos) > MAX_PHOTOS:
        raise ListingRefused(_("At most %(most)s photos.") % {"most": MAX_PHOTOS}, field="photos")
    if not Category.objects.filter(pk=full.category_id).exists():
        raise ListingRefused(_("Choose a kind of product from the list."), field="category_id")
    if not Commune.objects.filter(pk=full.origin_commune_id).exists():
        raise ListingRefused(_("Choose the commune where it was grown."), field="origin_commune_id")
    return full


def _write(listing: Product, data: ListingData) -> None:
    write_columns(listing, data)
    listing.slug = slug(data.title, fallback="san-pham")
    listing.save()
    listing.categories.set([data.category_id])
