"""What other apps tell the search: a listing changed, a household changed, tables were migrated."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.apps import apps as all_apps
from django.apps.registry import Apps
from django.dispatch import receiver
from django.utils import timezone

from accounts.receivers import grant_to_operators
from catalog.models import Product
from catalog.signals import listing_changed
from households.signals import household_changed
from search.index.changes import record_changes


@receiver(listing_changed, dispatch_uid="search.listing_changed")
def note_listing(product_id: int, **_rest: Any) -> None:
    """Outbox rows for the listing, in the transaction of its change."""
    record_changes(product_ids=[product_id], now=timezone.now())


@receiver(household_changed, dispatch_uid="search.household_changed")
def note_listings_of_household(household_id: int, **_rest: Any) -> None:
    """Outbox rows for each of its listings: their documents hold its name, its place and whether it sells."""
    product_ids = Product.objects.filter(household_id=household_id).values_list("pk", flat=True)
    record_changes(product_ids=product_ids, now=timezone.now())


def grant_search_rules_to_operators(
    sender: AppConfig, apps: Apps = all_apps, using: str = "default", **_rest: Any
) -> None:
    """Let the operators' group keep synonyms and needs at /quan-tri/, after every ``migrate``."""
    for model in ("SynonymRule", "NeedRule"):
        grant_to_operators(sender, model, apps=apps, using=using)
