"""What other apps tell the search: a listing changed, a household changed, tables were migrated."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.apps import apps as all_apps
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.dispatch import receiver
from django.utils import timezone

from accounts.models import OPERATORS_GROUP
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


def grant_synonym_rules_to_operators(
    sender: AppConfig, apps: Apps = all_apps, using: str = "default", **_rest: Any
) -> None:
    """Give the operators' group every permission on ``SynonymRule``, for the office at /quan-tri/.

    Runs after every ``migrate`` and not in one migration, because a permission exists only once its app was migrated,
    and because a site that has run for a year must get what a new one gets. Django makes the permissions in a receiver
    of its own, which may come later; so they are made here first.
    """
    try:
        groups, permissions = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
        apps.get_model("search", "SynonymRule")
    except LookupError:
        return  # somebody migrates step by step, and not all tables are there yet
    create_permissions(sender, verbosity=0, using=using, apps=apps)
    kept = permissions.objects.using(using).filter(content_type__app_label="search", content_type__model="synonymrule")
    group, _is_new = groups.objects.using(using).get_or_create(name=OPERATORS_GROUP)
    group.permissions.add(*kept)
