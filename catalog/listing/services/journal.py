"""What every verb on a listing does beside its change: lock first; then audit, act and signal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from catalog.models import ListingEvent, ListingStatus, Product
from catalog.signals import listing_changed
from core import audit
from core.periods import vietnam_date
from households.access import Acting, NotAllowed
from households.models import Act
from households.services import record_act


def locked(listing: Product, acting: Acting | None = None) -> Product:
    """The listing's row, locked until the transaction ends; it must be of the household that is acted for."""
    row = Product.objects.select_for_update(of=("self",)).select_related("household").get(pk=listing.pk)
    if acting is not None and row.household_id != acting.household.pk:
        raise NotAllowed(_("This listing belongs to another household."))
    return row


def told(action: str, listing: Product, acting: Acting, now: datetime, changes: dict[str, Any]) -> None:
    """The audit row that the household can read, the history of its status, and word to whoever shows listings."""
    audit.record(
        action=action,
        subject=listing,
        now=now,
        actor=acting.user,
        household_code=acting.household.code,
        team_id=acting.team.pk if acting.team else None,
        changes=changes,
    )
    last = ListingEvent.objects.filter(product=listing).last()
    if last is None or last.status != listing.status:
        ListingEvent.objects.create(product=listing, status=listing.status, at=now)
    listing_changed.send(sender=Product, product_id=listing.pk)


def displayed(listing: Product, acting: Acting, now: datetime) -> None:
    """The programme's act "displays products": once a day for each listing on sale that is published or renewed."""
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
