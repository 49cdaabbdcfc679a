"""How a request shows which phone it comes from, or who is signed in; for the API and for the uploads."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja.security import HttpBearer, SessionAuth

from accounts.guards import user_of
from onboarding.field.models import FieldDevice
from onboarding.field.services import DeviceRefused, open_device
from onboarding.field.services.devices import digest_of_token, require_open, require_team

APP_COOKIE = "field_app"
"""Marks a browser with the app: signing out of the site must not delete what waits in it (marketplace.middleware)."""
SEEN_EVERY = timedelta(minutes=10)
"""How exactly it is known when a phone was last heard of."""


def device_of_token(token: str, now: datetime) -> FieldDevice:
    """The phone that has this token. Raises DeviceRefused: unknown, locked, signed out, its holder in no team."""
    digest = digest_of_token(token)
    device = FieldDevice.objects.select_related("user").filter(token_digest=digest).first() if token else None
    if device is None:
        message = _("We do not know this phone. Sign in and set it up anew.")
        raise DeviceRefused(message, code="unknown", status=401)
    require_open(device, now)
    if now - device.seen_at > SEEN_EVERY:
        FieldDevice.objects.filter(pk=device.pk).update(seen_at=now)
    return device


def device_of(request: HttpRequest, now: datetime) -> FieldDevice:
    """The same for a request that is not the API's. Raises DeviceRefused."""
    kind, _blank, token = request.headers.get("Authorization", "").partition(" ")
    return device_of_token(token if kind.lower() == "bearer" else "", now)


class DeviceToken(HttpBearer):
    """The token of an enrolled phone; ``request.auth`` is the phone."""

    def authenticate(self, request: HttpRequest, token: str) -> FieldDevice:
        return device_of_token(token, timezone.now())


class DevicePin(HttpBearer):
    """The proof that the phone's PIN was typed, for the phone that the address names."""

    def authenticate(self, request: HttpRequest, token: str) -> FieldDevice:
        kwargs: dict[str, Any] = request.resolver_match.kwargs if request.resolver_match else {}
        return open_device(key=kwargs["key"], proof=token, now=timezone.now())


class SignedIn(SessionAuth):
    """The session of the site with its form token, of somebody who serves in a team."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        if person := super().authenticate(request, key):
            require_team(user_of(request), timezone.now())
        return person
