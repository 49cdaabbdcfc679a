"""What operators may do with the search's own rows in the office at /quan-tri/.

Given after every ``migrate``, not by one migration: a permission exists only once its app was migrated, and a site that
has stood for a year gets what a new one gets.
"""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

from marketplace.accounts.models import OPERATORS_GROUP
from search.models import SynonymRule


def let_operators_keep_regional_names(sender: AppConfig, using: str = "default", **_rest: Any) -> None:
    """Receiver of ``post_migrate``. Django makes the permissions in a receiver of its own, which may come later."""
    create_permissions(sender, verbosity=0, using=using)
    kept = Permission.objects.using(using).filter(
        content_type__app_label=SynonymRule._meta.app_label, content_type__model=SynonymRule._meta.model_name
    )
    group, _is_new = Group.objects.using(using).get_or_create(name=OPERATORS_GROUP)
    group.permissions.add(*kept)
