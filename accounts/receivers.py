"""What accounts does when other things happen."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.apps import apps as all_apps
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions

from accounts.models import OPERATORS_GROUP


def grant_outbox_to_operators(sender: AppConfig, apps: Apps = all_apps, using: str = "default", **_rest: Any) -> None:
    """Let the operators' group see the outbox at /quan-tri/, after every ``migrate``, on new sites and old ones.

    Django makes the permissions in a receiver of its own, which may come later; so they are made here first.
    """
    try:
        groups, permissions = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
        apps.get_model("messaging", "OutgoingMessage")
    except LookupError:
        return  # somebody migrates step by step, and not all tables are there yet
    create_permissions(sender, verbosity=0, using=using, apps=apps)
    seen = permissions.objects.using(using).filter(content_type__app_label="messaging", codename="view_outgoingmessage")
    group, _is_new = groups.objects.using(using).get_or_create(name=OPERATORS_GROUP)
    group.permissions.add(*seen)
