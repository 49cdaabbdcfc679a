"""Off sale and back again: by the household, by an operator, or by the site where no photo can be shown.

What was done by mistake is taken back within ``TAKE_BACK_WITHIN`` without another check, as long as the listing says
the same.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import is_operator
from accounts.models import User
from catalog.listing.services.journal import (
    end_revisions,
    lock_listing,
    record_display,
    record_listing_change,
    reopen_revisions,
    require_photo,
    require_status,
    set_status,
)
from catalog.listing.services.refusals import WrongStatus, require_reason
from catalog.models import OPEN_REVISION, ListingEvent, ListingStatus, Product
from catalog.photos.selectors import counted_photos
from core.locks import lock_rows
from core.transactions import in_transaction
from households.access import Acting, NotAllowed
from households.models import Household
from messaging.services import send_message

TAKE_BACK_WITHIN = timedelta(days=7)
MAX_MESSAGE_LENGTH = 500
"""As ``messaging`` keeps them."""
ON_THE_SHELF = (ListingStatus.PUBLISHED, ListingStatus.IN_CHECK)
PUT_BACK_FROM = (ListingStatus.WITHDRAWN, ListingStatus.TAKEN_DOWN)


@in_transaction
def withdraw_listing(*, acting: Acting, listing: Product, now: datetime) -> Product:
    """Off sale by the household's will; orders already placed stand, open changes end. Raises WrongStatus."""
    row = lock_listing(listing, acting)
    if row.status == ListingStatus.WITHDRAWN:
        return row
    require_status(row, *ON_THE_SHELF)
    set_status(row, ListingStatus.WITHDRAWN)
    end_revisions(row, acting, now)
    record_listing_change("withdraw_listing", row, acting, now, {})
    return row


@in_transaction
def take_down_listing(*, operator: User, listing: Product, reason: str, now: datetime) -> Product:
    """Off sale by an operator; the household reads why. Raises NotAllowed, ReasonMissing, WrongStatus."""
    if not is_operator(operator):
        raise NotAllowed(_("Only an operator may take a listing down."))
    row = lock_listing(listing)
    require_status(row, *ON_THE_SHELF)
    reason = require_reason(reason)
    set_status(row, ListingStatus.TAKEN_DOWN, takedown_reason=reason)
    acting = Acting(operator, row.household, is_operator=True)
    end_revisions(row, acting, now)
    record_listing_change("take_down_listing", row, acting, now, {"reason": ["", reason]})
    with translation.override("vi"):
        text = gettext('"%(title)s" was taken off sale. Why: %(reason)s') % {"title": row.title, "reason": reason}
    _tell(row.household.phone, text, f"takedown:{row.pk}:{now.isoformat()}", now)
    return row


@in_transaction
def take_off_without_photo(*, listing: Product, now: datetime) -> bool:
    """Off sale because none of its photos can be shown: buyers choose with their eyes. True when done now.

    The household is told, and who drafted it for a team; with another photo it goes on sale again.
    """
    row = lock_listing(listing)
    if row.status != ListingStatus.PUBLISHED or counted_photos(row).exists():
        return False
    with translation.override("vi"):
        note = gettext("None of its photos can be shown. Add another photo, then put it on sale again.")
        text = gettext('"%(title)s" is off sale. %(note)s') % {"title": row.title, "note": note}
    set_status(row, ListingStatus.DRAFT, check_note=note)
    end_revisions(row, None, now)
    record_listing_change("take_off_without_photo", row, None, now, {"note": ["", note]})
    phones = {row.household.phone}
    if row.drafted_by_team_id and row.drafted_by:
        phones.add(row.drafted_by.phone)
    for phone in sorted(phones):
        _tell(phone, text, f"no-photo:{row.pk}:{row.version}:{phone}:{now.isoformat()}", now)
    return True


@in_transaction
def put_back_listing(*, acting: Acting, listing: Product, now: datetime) -> Product:
    """Take the withdrawal back, or as an operator the taking down: it is as it stood, with the changes that waited.

    Raises WrongStatus once it was changed or ``TAKE_BACK_WITHIN`` is over, NotAllowed, ListingIncomplete.
    """
    row = lock_listing(listing, acting)
    if row.status in ON_THE_SHELF:
        return row
    require_status(row, *PUT_BACK_FROM)
    if (row.status == ListingStatus.TAKEN_DOWN) != acting.is_operator:
        raise NotAllowed(
            _("Only an operator puts back what an operator took down, and the household what it withdrew.")
        )
    left = last_event(row)
    if not may_be_put_back(row, left, now):
        raise WrongStatus(_("It was changed or left for too long: send it to be checked again."))
    require_photo(row)
    set_status(row, _status_before(left), takedown_reason="" if acting.is_operator else row.takedown_reason)
    reopen_revisions(row, left.at, acting, now)
    record_listing_change("put_back_listing", row, acting, now, {})
    record_display(row, acting, now)
    if acting.is_operator:
        with translation.override("vi"):
            text = gettext('"%(title)s" is on sale again: taking it down was a mistake.') % {"title": row.title}
        _tell(row.household.phone, text, f"put-back:{row.pk}:{now.isoformat()}", now)
    return row


@in_transaction
def end_changes_of_closed_account(*, household: Household, now: datetime) -> int:
    """A closed account proposes nothing: its open changes end. Returns how many listings had one."""
    changing = Product.objects.filter(
        household=household, household__closed_at__isnull=False, revisions__status__in=OPEN_REVISION
    )
    rows = lock_rows(Product.objects.filter(pk__in=changing.values("pk")))
    for row in rows:
        end_revisions(row, None, now)
    return len(rows)


def last_event(listing: Product) -> ListingEvent:
    """The listing's entry into the status in which it is."""
    entered: ListingEvent = ListingEvent.objects.filter(product=listing).latest("at", "pk")
    return entered


def may_be_put_back(listing: Product, left: ListingEvent, now: datetime) -> bool:
    """Whether the listing still says what it said when it ``left`` the shelf, a while ago at most."""
    fresh = left.version == listing.version and now - left.at < TAKE_BACK_WITHIN
    return listing.status in PUT_BACK_FROM and left.status == listing.status and fresh


def _status_before(left: ListingEvent) -> ListingStatus:
    earlier = ListingEvent.objects.filter(product=left.product_id, status__in=ON_THE_SHELF).latest("at", "pk")
    return ListingStatus(earlier.status)


def _tell(phone: str, text: str, key: str, now: datetime) -> None:
    send_message(phone=phone, text=text[:MAX_MESSAGE_LENGTH], key=key, now=now)
