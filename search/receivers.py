"""What happens in search when the apps below tell of a change, and when the tables were migrated.

A changed listing or household becomes outbox rows in the same transaction.
"""

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
from search.index.outbox import record_changes


@receiver(listing_changed, dispatch_uid="search.listing_changed")
def note_listing(product_id: int, **_rest: Any) -> None:
    record_changes(product_ids=[product_id], now=timezone.now())


@receiver(household_changed, dispatch_uid="search.household_changed")
def note_listings_of_household(household_id: int, **_rest: Any) -> None:
    """Its name, place and whether it sells stand in the document of each of its listings."""
    product_ids = Product.objects.filter(household_id=household_id).values_list("pk", flat=True)
    record_changes(product_ids=product_ids, now=timezone.now())


def let_operators_keep_regional_names(
    sender: AppConfig, apps: Apps = all_apps, using: str = "default", **_rest: Any
) -> None:
    """Let operators keep the search's own rows in the office at /quan-tri/; connected to ``post_migrate``.

    No single migration can do it: a permission exists only once its app was migrated, in a receiver of Django's own
    that may come later, and a site that has stood for a year gets what a new one gets.
    """
    try:
        groups, permissions = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
        apps.get_model("search", "SynonymRule")
    except LookupError:
        return  # not all tables are there: somebody migrates step by step
    create_permissions(sender, verbosity=0, using=using, apps=apps)
    kept = permissions.objects.using(using).filter(content_type__app_label="search", content_type__model="synonymrule")
    group, _is_new = groups.objects.using(using).get_or_create(name=OPERATORS_GROUP)
    group.permissions.add(*kept)
