"""A change of a listing on sale: proposed beside it, checked, published, sent back or taken back.

Buyers read the listing as it stands until the change is published. Price and stock are no part of a change.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.access import acting_to_check_revision, revisions_to_check, workable_listings
from catalog.listing.data import OFFER_FIELDS, ListingData, data_of, differences, version_of, with_words, words_of
from catalog.listing.services.journal import (
    OTHER_VERSION,
    lock_listing,
    move_revision,
    record_display,
    record_listing_change,
    record_revision_event,
)
from catalog.listing.services.refusals import ListingIncomplete, WrongStatus, require_reason
from catalog.listing.services.writing import accept_listing, write_listing
from catalog.listing.small_changes import is_small_change
from catalog.models import OPEN_REVISION, ListingRevision, ListingStatus, Photo, Product, RevisionStatus
from catalog.offer.models import StockRecord
from catalog.offer.services import lock_offer, write_offer
from catalog.photos.selectors import counted_photos, photos_by_key
from catalog.photos.services import arrange_photos, set_photos_aside
from core.errors import ChangedMeanwhile
from core.transactions import in_transaction
from households.access import Acting, NotAllowed

OTHER_REVISION = _("Somebody else wrote on this change meanwhile. Compare it with yours, then save again.")
STALE = _(
    "The listing changed after this change was written, so that it would undo what is new. "
    "Whoever wrote it compares both and sends it again."
)


def open_revision_of(acting: Acting, listing: Product) -> ListingRevision | None:
    """The one change that the household, or this team of its, has under way for this listing."""
    return listing.revisions.filter(team=acting.team, status__in=OPEN_REVISION).first()


@in_transaction
def propose_revision(
    *,
    acting: Acting,
    listing: Product,
    data: ListingData,
    photos: Sequence[Photo],
    version: int,
    replaces: int | None,
    now: datetime,
) -> ListingRevision | None:
    """Write what the form says beside the listing on sale; price and stock change at once.

    ``version`` is what ``version_of`` said when the form was shown, ``replaces`` the key of the open change that it
    went on from.
    A small change of whom the household trusts is published at once (``is_small_change``). None where the words and
    photos are those of the listing: an open change is taken back then.
    Raises ChangedMeanwhile, ListingRefused, ListingIncomplete, StockBelowReserved.
    """
    row = lock_listing(listing, acting)
    offer = lock_offer(row)
    if row.status != ListingStatus.PUBLISHED or version_of(row, offer) != version:
        raise ChangedMeanwhile(OTHER_VERSION, row, version_of(row, offer))
    earlier = open_revision_of(acting, row)
    if (earlier.pk if earlier else None) != replaces:
        raise ChangedMeanwhile(OTHER_REVISION, row, version)
    if all(photo.failure for photo in photos):
        raise ListingIncomplete(_("A listing on sale needs at least one photo."), field="photos")
    full, before = accept_listing(data, photos), data_of(row)
    _change_offer(row, offer, acting, before, full, now)
    changes = {name: pair for name, pair in differences(before, full).items() if name not in OFFER_FIELDS}
    stood = [str(key) for key in counted_photos(row).values_list("key", flat=True)]
    proposed = [str(photo.key) for photo in photos]
    if not changes and stood == proposed:
        if earlier:
            move_revision(earlier, RevisionStatus.TAKEN_BACK, acting, now)
        return None
    if earlier:
        move_revision(earlier, RevisionStatus.REPLACED, acting, now)
    revision = ListingRevision.objects.create(
        listing=row,
        base_version=row.version,
        stood=words_of(before),
        stood_photo_keys=stood,
        words=words_of(full),
        photo_keys=proposed,
        author=acting.user,
        team=acting.team,
        proposed_at=now,
    )
    set_photos_aside(listing=row, photos=photos, now=now)
    record_revision_event(revision, acting, now)
    if stood != proposed:
        changes["photos"] = [None, proposed]
    record_listing_change("propose_revision", row, acting, now, changes)
    if _may_publish_unchecked(revision, acting, now):
        with suppress(ListingIncomplete):  # then it waits, and is published once a photo is ready
            _publish(row, revision, acting, now)
    return revision


def _change_offer(
    row: Product, offer: StockRecord, acting: Acting, before: ListingData, after: ListingData, now: datetime
) -> None:
    changes = {name: pair for name, pair in differences(before, after).items() if name in OFFER_FIELDS}
    if changes:
        write_offer(offer, price=after.price, stock=after.stock)
        record_listing_change("set_offer", row, acting, now, changes)
        record_display(row, acting, now)


def _may_publish_unchecked(revision: ListingRevision, acting: Acting, now: datetime) -> bool:
    """A small change, measured from the words that were last checked: many small ones do not add up to a large one.

    The household, or a team whose mandate holds at this moment.
    """
    if not workable_listings(acting.user, now).filter(pk=revision.listing_id).exists():
        return False
    base = _last_checked(revision)
    data = data_of(revision.listing)
    return is_small_change(
        with_words(data, base.stood), with_words(data, revision.words), base.stood_photo_keys, revision.photo_keys
    )


def _last_checked(revision: ListingRevision) -> ListingRevision:
    """The earliest change since the last check: what stood before it is what somebody checked last."""
    published = revision.listing.revisions.filter(
        status=RevisionStatus.PUBLISHED, closed_at__gte=revision.listing.published_at
    )
    unchecked = []
    for earlier in published.order_by("-closed_at", "-pk"):
        if earlier.is_checked:
            break
        unchecked.append(earlier)
    return unchecked[-1] if unchecked else revision


@in_transaction
def publish_revision(*, checker: User, revision: ListingRevision, now: datetime) -> ListingRevision:
    """The listing says from now on what was proposed.

    Raises NotAllowed, WrongStatus, ChangedMeanwhile, ListingIncomplete.
    """
    row, change = _locked(revision)
    if change.status == RevisionStatus.PUBLISHED:
        return change
    _require_waiting(change)
    acting = acting_to_check_revision(checker, change, now)
    if row.status != ListingStatus.PUBLISHED or row.version != change.base_version:
        raise ChangedMeanwhile(STALE, row)
    _publish(row, change, acting, now)
    return change


@in_transaction
def send_back_revision(*, checker: User, revision: ListingRevision, note: str, now: datetime) -> ListingRevision:
    """Back to its author with what to mend; the listing stands. Raises NotAllowed, ReasonMissing, WrongStatus."""
    row, change = _locked(revision)
    _require_waiting(change)
    acting = acting_to_check_revision(checker, change, now)
    note = require_reason(note)
    move_revision(change, RevisionStatus.SENT_BACK, acting, now, note=note)
    record_listing_change("send_back_revision", row, acting, now, {"note": ["", note]})
    return change


@in_transaction
def take_back_revision(*, acting: Acting, revision: ListingRevision, now: datetime) -> ListingRevision:
    """The side that wrote it gives it up; the household may give up any. Raises NotAllowed, WrongStatus."""
    row, change = _locked(revision, acting)
    if acting.team and acting.team != change.team:
        raise NotAllowed(_("Only the household and the team that wrote this change may take it back."))
    if change.status == RevisionStatus.TAKEN_BACK:
        return change
    if not change.is_open:
        raise WrongStatus(_("This cannot be done now: the change is %(status)s.") % _status_of(change))
    move_revision(change, RevisionStatus.TAKEN_BACK, acting, now)
    record_listing_change("take_back_revision", row, acting, now, {})
    return change


def _publish(row: Product, revision: ListingRevision, acting: Acting, now: datetime) -> None:
    """Write the proposed words and photos onto the locked listing."""
    photos = _ready_photos(revision)
    before = data_of(row)
    after = accept_listing(with_words(before, revision.words), photos)
    row.version += 1
    row.drafted_by, row.drafted_by_team = revision.author, revision.team
    is_checked = revisions_to_check(acting.user, now).filter(pk=revision.pk).exists()
    if is_checked:
        row.checked_by = acting.user
    write_listing(row, after)
    changes: dict[str, Any] = differences(before, after)
    if arrange_photos(listing=row, photos=photos, now=now):
        changes["photos"] = [revision.stood_photo_keys, [str(photo.key) for photo in photos]]
    revision.is_checked = is_checked
    move_revision(revision, RevisionStatus.PUBLISHED, acting, now)
    record_listing_change("publish_revision", row, acting, now, changes)
    record_display(row, acting, now)


def _ready_photos(revision: ListingRevision) -> list[Photo]:
    """The proposed photos in their order, without those that cannot be made ready.

    A change never leaves a listing on sale without a picture. Raises ListingIncomplete.
    """
    photos = [photo for photo in photos_by_key(revision.photo_keys) if not photo.failure]
    is_new = revision.photo_keys != revision.stood_photo_keys
    if not photos or (is_new and not any(photo.is_ready for photo in photos)):
        raise ListingIncomplete(
            _("None of its photos is ready to be shown yet. Try again in a minute, or add another photo."),
            field="photos",
        )
    return photos


def _locked(revision: ListingRevision, acting: Acting | None = None) -> tuple[Product, ListingRevision]:
    """The listing's row first, then the change: whoever changes either holds the listing."""
    row = lock_listing(revision.listing, acting)
    change = ListingRevision.objects.select_related("team", "author").get(pk=revision.pk)
    change.listing = row
    return row, change


def _require_waiting(revision: ListingRevision) -> None:
    if revision.status != RevisionStatus.WAITING:
        raise WrongStatus(_("This cannot be done now: the change is %(status)s.") % _status_of(revision))


def _status_of(revision: ListingRevision) -> dict[str, Any]:
    return {"status": revision.get_status_display()}
