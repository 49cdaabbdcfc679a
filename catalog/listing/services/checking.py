"""From draft to sale: who may move a listing along, and what its drafter reads of it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.access import acting_to_check
from catalog.listing.services.journal import (
    PAPER_WAITS,
    lock_listing,
    record_display,
    record_listing_change,
    require_photo,
    require_status,
    set_status,
)
from catalog.listing.services.refusals import require_reason
from catalog.models import ListingStatus, Product
from core.errors import ChangedMeanwhile
from core.locks import lock_row
from core.transactions import in_transaction
from households.access import Acting, NotAllowed
from households.models import Household
from households.services import open_storefront

_RESTING = (ListingStatus.DRAFT, ListingStatus.WITHDRAWN, ListingStatus.TAKEN_DOWN)


@in_transaction
def submit_for_check(*, acting: Acting, listing: Product, now: datetime) -> Product:
    """Ask a second person to look. Raises ListingIncomplete, WrongStatus; NotAllowed while the mandate waits."""
    row = lock_listing(listing, acting)
    if acting.drafts_only:
        raise NotAllowed(PAPER_WAITS)
    if row.status == ListingStatus.IN_CHECK:
        return row
    require_status(row, *_RESTING)
    require_photo(row)
    set_status(row, ListingStatus.IN_CHECK, check_note="")
    record_listing_change("submit_listing", row, acting, now, {})
    return row


@in_transaction
def publish_listing(*, checker: User, listing: Product, now: datetime, version: int | None = None) -> Product:
    """Put it on sale. A household publishes its own; what a team drafted needs a second person (``may_check``).

    The household's first listing opens its storefront. ``version`` is the one that the checker read, where one was
    shown. Raises NotAllowed, ListingIncomplete, WrongStatus, ChangedMeanwhile.
    """
    lock_row(Household.objects.all(), pk=listing.household_id)  # before its listing, because its storefront may open
    row = lock_listing(listing)
    if row.status == ListingStatus.PUBLISHED:
        return row
    acting = acting_to_check(checker, row, now)
    require_status(row, ListingStatus.IN_CHECK, ListingStatus.DRAFT, ListingStatus.WITHDRAWN)
    if version not in (None, row.version):
        raise ChangedMeanwhile(_("The listing was changed while you were reading it. Read it again, then decide."), row)
    require_photo(row)
    if not Product.objects.filter(household=row.household, published_at__isnull=False).exists():
        open_storefront(acting=acting, now=now)
    set_status(row, ListingStatus.PUBLISHED, published_at=now, checked_by=checker, check_note="", takedown_reason="")
    record_listing_change("publish_listing", row, acting, now, {})
    record_display(row, acting, now)
    return row


@in_transaction
def send_back_listing(*, checker: User, listing: Product, note: str, now: datetime) -> Product:
    """Back to the drafter with what to mend. Raises NotAllowed, ReasonMissing, WrongStatus."""
    row = lock_listing(listing)
    acting = acting_to_check(checker, row, now)
    require_status(row, ListingStatus.IN_CHECK)
    note = require_reason(note)
    set_status(row, ListingStatus.DRAFT, check_note=note)
    record_listing_change("send_back_listing", row, acting, now, {"note": ["", note]})
    return row
