"""What the apps below tell: a listing or a household changed. Each becomes outbox rows in the same transaction."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from catalog.models import Product
from catalog.signals import listing_changed
from households.signals import household_changed
from search.index.outbox import record_changes


@receiver(listing_changed, dispatch_uid="search.listing_changed")
def note_listing(product_id: int, **_rest: Any) -> None:
    record_changes(product_ids=[product_id], now=timezone.now())


@receiver(household_changed, dispatch_uid="search.household_changed")
def note_listings_of_household(household_id: int, **_rest: Any) -> None:
    """Its name, place and whether it sells stand in the document of each of its listings."""
    product_ids = Product.objects.filter(household_id=household_id).values_list("pk", flat=True)
    record_changes(product_ids=product_ids, now=timezone.now())
