"""Background work on listings; each is safe to repeat."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from catalog.listing.selectors import changes_of_closed_accounts, listings_without_photo
from catalog.listing.services import end_changes_of_closed_account, take_off_without_photo
from catalog.models import Product
from core.work import enqueue
from households.models import Household


@shared_task
def take_off(listing_id: int) -> bool:
    return take_off_without_photo(listing=Product.objects.get(pk=listing_id), now=timezone.now())


@shared_task
def end_changes(household_id: int) -> int:
    return end_changes_of_closed_account(household=Household.objects.get(pk=household_id), now=timezone.now())


@shared_task
def sweep_listings() -> None:
    """Do what was left undone when the broker was away: a last photo failed, an account was closed."""
    for listing_id in listings_without_photo().values_list("pk", flat=True):
        enqueue(take_off, listing_id)
    for household_id in changes_of_closed_accounts().values_list("listing__household", flat=True).distinct():
        enqueue(end_changes, household_id)
