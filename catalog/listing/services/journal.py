"""What every service on a listing does beside its change: lock the row first, then write audit row, act and signal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from catalog.models import ListingEvent, ListingStatus, Product
from catalog.signals import listing_changed
from core.locks import lock_row
from core.periods import vietnam_date
from households.access import Acting, NotAllowed
from households.audit import record_for_household
from households.models import Act
from households.services import record_act

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


def record_listing_change(
    action: str, listing: Product, acting: Acting, now: datetime, changes: dict[str, Any]
) -> None:
    """Write the audit row that the household reads and an event when the status is new; send ``listing_changed``."""
    record_for_household(
        acting=acting,
        action=action,
        subject=listing,
        now=now,
        changes=changes,
    )
    last = ListingEvent.objects.filter(product=listing).last()
    if last is None or last.status != listing.status:
        ListingEvent.objects.create(
            product=listing,
            status=listing.status,
            at=now,
            actor=acting.user,
            capacity=acting.capacity,
            team=acting.team,
            version=listing.version,
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
