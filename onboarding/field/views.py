"""The app's page, manifest and worker, which hold nobody's data; the page on which a lost phone is locked."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from accounts.guards import signed_in, user_of
from core.errors import DomainError
from core.name_order import by_name
from onboarding.field.access import devices_to_lock
from onboarding.field.services import lock_device, unlock_device
from onboarding.field.words import units, words

FILES = (
    "css/site.css",
    "field/field.css",
    "field/app.js",
    "field/crypto.js",
    "field/dom.js",
    "field/photos.js",
    "field/screens.js",
    "field/server.js",
    "field/store.js",
    "field/sync.js",
    "field/view.js",
    "field/vendor/idb-8.0.4.js",
    "field/icon-192.png",
    "field/icon-512.png",
)
"""All that the app needs to open without a network, beside its page and manifest."""


@cache
def app_digest() -> str:
    """Changes with any of the app's files, and so makes phones load all of them anew."""
    digest = hashlib.sha256()
    for name in FILES:
        digest.update(Path(str(finders.find(name))).read_bytes())
    digest.update(str(words()).encode())
    return digest.hexdigest()[:16]


def _address(name: str) -> str:
    """As the modules name each other: without the digest that production adds, because the worker keeps one version."""
    return f"{settings.STATIC_URL}{name}"


@require_safe
@ensure_csrf_cookie
def app(request: HttpRequest) -> HttpResponse:
    """The same page for everybody, in both languages: the phone keeps it to open without a network."""
    app_settings = {
        "side": settings.FIELD_PHOTO_SIDE,
        "quality": settings.FIELD_PHOTO_QUALITY,
        "units": units(),
        "sign_in": f"{reverse('account_login')}?next={reverse('field:app')}",
        "worker": reverse("field:worker"),
        "scope": reverse("field:app"),
    }
    files = {"site_css": _address("css/site.css"), "css": _address("field/field.css"), "js": _address("field/app.js")}
    return render(request, "field/app.html", {"words": words(), "app_settings": app_settings, "files": files})


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    icons = [
        {"src": _address(f"field/icon-{side}.png"), "sizes": f"{side}x{side}", "type": "image/png", "purpose": purpose}
        for side in (192, 512)
        for purpose in ("any", "maskable")
    ]
    said: dict[str, Any] = {
        "id": reverse("field:app"),
        "name": str(_("Field work of the team")),
        "short_name": "Chợ Nhà Nông",
        "lang": "vi",
        "start_url": reverse("field:app"),
        "scope": reverse("field:app"),
        "display": "standalone",
        "background_color": "#f3f6e6",
        "theme_color": "#14532d",
        "icons": icons,
    }
    return JsonResponse(said, content_type="application/manifest+json")


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, which keeps the app's files in one version."""
    kept = [reverse("field:app"), reverse("field:manifest"), *map(_address, FILES)]
    context = {"kept": kept, "version": app_digest(), "page": reverse("field:app")}
    response = render(request, "field/worker.js", context, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@signed_in
@require_safe
def devices(request: HttpRequest) -> HttpResponse:
    """The phones that this person may lock: their own, and those of the people of the teams that they lead."""
    lockable = devices_to_lock(user_of(request), timezone.now())
    rows = lockable.all.select_related("user", "locked_by").order_by(by_name("user__full_name"), "-enrolled_at")
    led = set(lockable.led.values_list("pk", flat=True))
    return render(request, "field/devices.html", {"devices": rows, "led": led})


def _require_lockable(request: HttpRequest, key: UUID) -> None:
    """Raises Http404 for a phone that this person may not lock."""
    if not devices_to_lock(user_of(request), timezone.now()).all.filter(pk=key).exists():
        raise Http404


@signed_in
@require_POST
def lock(request: HttpRequest, key: UUID) -> HttpResponse:
    _require_lockable(request, key)
    try:
        lock_device(key=key, actor=user_of(request), now=timezone.now())
        messages.success(request, _("The phone is locked. What it holds can no longer be read."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("field:devices")


@signed_in
@require_POST
def unlock(request: HttpRequest, key: UUID) -> HttpResponse:
    _require_lockable(request, key)
    try:
        unlock_device(key=key, actor=user_of(request), now=timezone.now())
        messages.success(request, _("The phone is unlocked. Its PIN opens it again."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("field:devices")
