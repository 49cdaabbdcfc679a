"""What operators may do with the search's own rows in the office at /quan-tri/.

Given after every ``migrate``, not by one migration: a permission exists only once its app was migrated, and a site that
has stood for a year gets what a new one gets.
"""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.apps import apps as all_apps
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions

from accounts.models import OPERATORS_GROUP


def let_operators_keep_regional_names(
    sender: AppConfig, apps: Apps = all_apps, using: str = "default", **_rest: Any
) -> None:
    """Receiver of ``post_migrate``. Django makes the permissions in a receiver of its own, which may come later."""
    try:
        groups, permissions = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
        apps.get_model("search", "SynonymRule")
    except LookupError:
        return  # not all tables are there: somebody migrates step by step
    create_permissions(sender, verbosity=0, using=using, apps=apps)
    kept = permissions.objects.using(using).filter(content_type__app_label="search", content_type__model="synonymrule")
    group, _is_new = groups.objects.using(using).get_or_create(name=OPERATORS_GROUP)
    group.permissions.add(*kept)
