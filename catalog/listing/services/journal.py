"""What every service on a listing does beside its change: lock the row first, then write audit row, act and signal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from catalog.listing.services.refusals import ListingIncomplete, WrongStatus
from catalog.models import (
    OPEN_REVISION,
    ListingEvent,
    ListingRevision,
    ListingStatus,
    Product,
    RevisionEvent,
    RevisionStatus,
)
from catalog.photos.selectors import counted_photos
from catalog.signals import listing_changed
from core import audit
from core.locks import lock_row
from core.periods import vietnam_date
from households.access import Acting, NotAllowed
from households.audit import record_for_household
from households.models import Act
from households.services import record_act

OTHER_VERSION = _("Somebody else changed this listing while you were writing. Compare it with yours, then save again.")
PAPER_WAITS = _("The mandate on paper waits: until it holds, the team drafts listings and does no more with them.")


def lock_listing(listing: Product, acting: Acting | None = None) -> Product:
    """Lock the listing's row until the transaction ends and return it.

    Raises NotAllowed for another household's, and for one that is no draft while the team's mandate is a paper that
    waits.
    """
    row = lock_row(Product.objects.select_related("household"), pk=listing.pk)
    if acting is not None and row.household_id != acting.household.pk:
        raise NotAllowed(_("This listing belongs to another household."))
    if acting is not None and acting.drafts_only and row.status != ListingStatus.DRAFT:
        raise NotAllowed(PAPER_WAITS)
    return row


def set_status(listing: Product, status: ListingStatus, **fields: object) -> None:
    """Save the status, and ``fields`` with it. The caller holds the listing's row."""
    listing.status, listing.is_public = status, status == ListingStatus.PUBLISHED
    for name, value in fields.items():
        setattr(listing, name, value)
    listing.save(update_fields=["status", "is_public", "date_updated", *fields])


def require_status(listing: Product, *statuses: ListingStatus) -> None:
    """Raises WrongStatus in any other."""
    if listing.status not in statuses:
        raise WrongStatus(
            _("This cannot be done now: the listing is %(status)s.") % {"status": listing.get_status_display()}
        )


def require_photo(listing: Product) -> None:
    """Raises ListingIncomplete without a photo that is ready or may become so."""
    if not counted_photos(listing).exists():
        raise ListingIncomplete(_("Add at least one photo: buyers choose with their eyes."), field="photos")


def record_listing_change(
    action: str, listing: Product, acting: Acting | None, now: datetime, changes: dict[str, Any]
) -> None:
    """Write the audit row that the household reads and an event when the status is new; send ``listing_changed``.

    Without ``acting`` the site itself did it.
    """
    if acting:
        record_for_household(acting=acting, action=action, subject=listing, now=now, changes=changes)
    else:
        audit.record(action=action, subject=listing, now=now, household_code=listing.household.code, changes=changes)
    last = ListingEvent.objects.filter(product=listing).last()
    if last is None or last.status != listing.status:
        ListingEvent.objects.create(
            product=listing, status=listing.status, at=now, version=listing.version, **_signed(acting)
        )
    listing_changed.send(sender=Product, product_id=listing.pk)


def record_display(listing: Product, acting: Acting, now: datetime) -> None:
    """Record the programme's act "displays products" for a listing on sale: at most once a day in Vietnam."""
    if listing.status != ListingStatus.PUBLISHED:
        return
    record_act(
        household=listing.household,
        kind=Act.Kind.DISPLAY,
        happened_at=now,
        key=f"display:{listing.pk}:{vietnam_date(now)}",
        now=now,
        actor=acting.user,
        team=acting.team,
    )


def move_revision(
    revision: ListingRevision, status: RevisionStatus, acting: Acting | None, now: datetime, *, note: str = ""
) -> None:
    """Set where the change stands and write its event. The caller holds the listing's row."""
    revision.status = status
    revision.closed_at = None if status in OPEN_REVISION else now
    if note:
        revision.check_note = note
    revision.save(update_fields=["status", "closed_at", "check_note", "is_checked"])
    record_revision_event(revision, acting, now, note=note)


def record_revision_event(revision: ListingRevision, acting: Acting | None, now: datetime, *, note: str = "") -> None:
    """Add to the history of a change what it has just become."""
    RevisionEvent.objects.create(revision=revision, status=revision.status, at=now, note=note, **_signed(acting))


def end_revisions(listing: Product, acting: Acting | None, now: datetime) -> None:
    """End the open changes of a listing that goes off sale; what they say stays to be read and taken over."""
    for revision in listing.revisions.filter(status__in=OPEN_REVISION):
        move_revision(revision, RevisionStatus.ENDED, acting, now)


def reopen_revisions(listing: Product, ended_at: datetime, acting: Acting, now: datetime) -> None:
    """Let the changes wait again that ended with the sale at this moment."""
    for revision in listing.revisions.filter(status=RevisionStatus.ENDED, closed_at=ended_at):
        before = revision.events.filter(status__in=OPEN_REVISION).latest("at", "pk")
        move_revision(revision, RevisionStatus(before.status), acting, now)


def _signed(acting: Acting | None) -> dict[str, Any]:
    """Who did it, as events keep it."""
    if acting is None:
        return {}
    return {"actor": acting.user, "capacity": acting.capacity, "team": acting.team}
