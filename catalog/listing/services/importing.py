"""A draft out of a list that a commune sent: nobody typed it into a form, so no person of the shop is its author."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from accounts.models import User
from catalog.categories import farm_produce
from catalog.listing.data import ListingData, settled
from catalog.listing.services.writing import write_listing
from catalog.models import ListingEvent, ListingStatus, Product
from catalog.offer.services import open_offer
from catalog.signals import listing_changed
from core import audit
from core.transactions import in_transaction
from households.models import Household


@in_transaction
def draft_from_list(
    *, household: Household, data: ListingData, key: UUID, note: str, actor: User | None, now: datetime
) -> Product:
    """A draft of the household, not seen by buyers; ``note`` says what to mend before it is checked.

    ``actor`` loaded the list, None when it was a command on the server. Raises ListingRefused.
    """
    full = settled(data)
    listing = Product(
        key=key, household=household, product_class=farm_produce(), is_public=False, check_note=note, drafted_by=actor
    )
    write_listing(listing, full)
    open_offer(listing=listing, price=full.price, stock=full.stock)
    ListingEvent.objects.create(
        product=listing, status=ListingStatus.DRAFT, at=now, actor=actor, version=listing.version
    )
    audit.record(
        action="import_listing",
        subject=listing,
        now=now,
        actor=actor,
        household_code=household.code,
        changes={"title": ["", full.title], "price": [None, full.price], "stock": [None, full.stock]},
    )
    listing_changed.send(sender=Product, product_id=listing.pk)
    return listing
