"""From draft to sale and off it: who may move a listing along, and what the household hears of it."""

from __future__ import annotations

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import is_operator
from accounts.models import User
from catalog.access import acting_to_check
from catalog.listing.services.journal import PAPER_WAITS, lock_listing, record_display, record_listing_change
from catalog.models import ListingStatus, Product
from catalog.photos.selectors import counted_photos
from core.errors import DomainError
from core.locks import lock_row
from core.transactions import in_transaction
from households.access import Acting, NotAllowed
from households.models import Household
from households.services import open_storefront
from messaging.services import send_message

_RESTING = (ListingStatus.DRAFT, ListingStatus.WITHDRAWN, ListingStatus.TAKEN_DOWN)


class WrongStatus(DomainError):
    """The listing stands where this cannot be done, perhaps since a moment ago."""

    code = "wrong_status"


class ListingIncomplete(DomainError):
    """A draft may lack it, a listing on sale may not."""

    code = "listing_incomplete"


class ReasonMissing(DomainError):
    code = "reason_missing"
    field = "reason"


@in_transaction
def submit_for_check(*, acting: Acting, listing: Product, now: datetime) -> Product:
    """Ask a second person to look. Raises ListingIncomplete, WrongStatus; NotAllowed while the mandate waits."""
    row = lock_listing(listing, acting)
    if acting.drafts_only:
        raise NotAllowed(PAPER_WAITS)
    if row.status == ListingStatus.IN_CHECK:
        return row
    _require_status(row, *_RESTING)
    _require_photo(row)
    _set_status(row, ListingStatus.IN_CHECK, check_note="")
    record_listing_change("submit_listing", row, acting, now, {})
    return row


@in_transaction
def publish_listing(*, checker: User, listing: Product, now: datetime) -> Product:
    """Put it on sale. A household publishes its own; what a team drafted needs a second person (``may_check``).

    The household's first listing opens its storefront. Raises NotAllowed, ListingIncomplete, WrongStatus.
    """
    lock_row(Household.objects.all(), pk=listing.household_id)  # before its listing, because its storefront may open
    row = lock_listing(listing)
    if row.status == ListingStatus.PUBLISHED:
        return row
    acting = acting_to_check(checker, row, now)
    _require_status(row, ListingStatus.IN_CHECK, ListingStatus.DRAFT, ListingStatus.WITHDRAWN)
    _require_photo(row)
    if not Product.objects.filter(household=row.household, published_at__isnull=False).exists():
        open_storefront(acting=acting, now=now)
    _set_status(row, ListingStatus.PUBLISHED, published_at=now, checked_by=checker, check_note="", takedown_reason="")
    record_listing_change("publish_listing", row, acting, now, {})
    record_display(row, acting, now)
    return row


@in_transaction
def send_back_listing(*, checker: User, listing: Product, note: str, now: datetime) -> Product:
    """Back to the drafter with what to mend. Raises NotAllowed, ReasonMissing, WrongStatus."""
    row = lock_listing(listing)
    acting = acting_to_check(checker, row, now)
    _require_status(row, ListingStatus.IN_CHECK)
    note = _require_reason(note)
    _set_status(row, ListingStatus.DRAFT, check_note=note)
    record_listing_change("send_back_listing", row, acting, now, {"note": ["", note]})
    return row


@in_transaction
def withdraw_listing(*, acting: Acting, listing: Product, now: datetime) -> Product:
    """Off sale by the household's will; orders already placed stand. Raises WrongStatus."""
    row = lock_listing(listing, acting)
    if row.status == ListingStatus.WITHDRAWN:
        return row
    _require_status(row, ListingStatus.PUBLISHED, ListingStatus.IN_CHECK)
    _set_status(row, ListingStatus.WITHDRAWN)
    record_listing_change("withdraw_listing", row, acting, now, {})
    return row


@in_transaction
def take_down_listing(*, operator: User, listing: Product, reason: str, now: datetime) -> Product:
    """Off sale by an operator; the household reads why. Raises NotAllowed, ReasonMissing, WrongStatus."""
    if not is_operator(operator):
        raise NotAllowed(_("Only an operator may take a listing down."))
    row = lock_listing(listing)
    _require_status(row, ListingStatus.PUBLISHED, ListingStatus.IN_CHECK)
    reason = _require_reason(reason)
    _set_status(row, ListingStatus.TAKEN_DOWN, takedown_reason=reason)
    acting = Acting(operator, row.household, is_operator=True)
    record_listing_change("take_down_listing", row, acting, now, {"reason": ["", reason]})
    with translation.override("vi"):
        text = gettext('"%(title)s" was taken off sale. Why: %(reason)s') % {"title": row.title, "reason": reason}
    send_message(phone=row.household.phone, text=text[:500], key=f"takedown:{row.pk}:{now.isoformat()}", now=now)
    return row


def _set_status(listing: Product, status: ListingStatus, **fields: object) -> None:
    listing.status, listing.is_public = status, status == ListingStatus.PUBLISHED
    for name, value in fields.items():
        setattr(listing, name, value)
    listing.save(update_fields=["status", "is_public", "date_updated", *fields])


def _require_status(listing: Product, *statuses: ListingStatus) -> None:
    if listing.status not in statuses:
        raise WrongStatus(
            _("This cannot be done now: the listing is %(status)s.") % {"status": listing.get_status_display()}
        )


def _require_photo(listing: Product) -> None:
    if not counted_photos(listing).exists():
        raise ListingIncomplete(_("Add at least one photo: buyers choose with their eyes."), field="photos")


def _require_reason(text: str) -> str:
    if not text.strip():
        raise ReasonMissing(_("Write the reason; the household will read it."))
    return text.strip()[:500]
