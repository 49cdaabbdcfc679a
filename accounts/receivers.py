"""What accounts does when other things happen."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.apps import apps as all_apps
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import OPERATORS_GROUP, User
from accounts.services import record_failed_sign_in
from accounts.visitors import address_of
from core import audit

SIGNED_OUT = "accounts.signed_out"
"""In the META of a request during which somebody signed out."""


def grant_to_operators(sender: AppConfig, model: str, *, apps: Apps, using: str, codename: str = "") -> None:
    """Give the operators' group the permissions of ``sender`` on ``model``: ``codename`` alone, or all of them.

    For receivers of ``post_migrate``: not in one migration, because a permission exists only once its app was migrated,
    and because a site that has run for a year must get what a new one gets. Django makes the permissions in a receiver
    of its own, which may come later; so they are made here first.
    """
    try:
        groups, permissions = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
        apps.get_model(sender.label, model)
    except LookupError:
        return  # somebody migrates step by step, and not all tables are there yet
    create_permissions(sender, verbosity=0, using=using, apps=apps)
    given = permissions.objects.using(using).filter(
        content_type__app_label=sender.label, content_type__model=model.lower()
    )
    if codename:
        given = given.filter(codename=codename)
    group, _is_new = groups.objects.using(using).get_or_create(name=OPERATORS_GROUP)
    group.permissions.add(*given)


def grant_outbox_to_operators(sender: AppConfig, apps: Apps = all_apps, using: str = "default", **_rest: Any) -> None:
    """Let the operators' group see the outbox at /quan-tri/, after every ``migrate``."""
    grant_to_operators(sender, "OutgoingMessage", apps=apps, using=using, codename="view_outgoingmessage")


def record_wrong_second_factor(sender: Any, request: HttpRequest, user: User, **_rest: Any) -> None:
    record_failed_sign_in(user=user, how="mfa", address=address_of(request), now=timezone.now())


def record_confirmed_identity(
    sender: Any, user: User, method: str, reauthenticated: bool = False, **_rest: Any
) -> None:
    """Password or second factor, given once more before a staff page. A first sign-in has its own row."""
    if reauthenticated:
        changes = {"how": ["", method]}
        audit.record(action="confirm_identity", subject=user, now=timezone.now(), actor=user, changes=changes)


def mark_signed_out(sender: Any, request: HttpRequest | None, **_rest: Any) -> None:
    """Whichever page signs out, the answer asks the browser to forget (marketplace.middleware)."""
    if request is not None:
        request.META[SIGNED_OUT] = "1"
