"""The API of the field app, version 1; its document is at ``openapi.json``."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Status
from ninja.errors import AuthenticationError, ValidationError

from accounts.guards import user_of
from core.errors import DomainError
from onboarding.field.doors import APP_COOKIE, DevicePin, DeviceToken, SignedIn
from onboarding.field.models import FieldDevice
from onboarding.field.schemas import (
    MAX_ACTS,
    OLDEST_APP_VERSION,
    Answers,
    Bundle,
    Enrolled,
    Enrolment,
    Opened,
    Refusal,
    Territory,
)
from onboarding.field.services import DeviceRefused, enrol_device, renew_device, take_bundle
from onboarding.field.services.devices import offline_until
from onboarding.field.territory import territory_since

api = NinjaAPI(
    title="Chợ Nhà Nông: the field",
    version="1",
    description="Acts of volunteers without signal, each held once (docs/adr/0041).",
    urls_namespace="field_api",
    docs_url=None,  # its page loads scripts from elsewhere; the document is enough
    auth=DeviceToken(),
)
REFUSALS: dict[Any, Any] = dict.fromkeys((401, 403, 409, 413, 422, 426), Refusal)


class BundleRefused(DomainError):
    """Nothing of the bundle was looked at. ``status`` is the HTTP status."""

    def __init__(self, message: object, *, code: str, status: int) -> None:
        super().__init__(message)
        self.code, self.status = code, status


def _refused(request: HttpRequest, code: str, message: object, status: int) -> HttpResponse:
    return api.create_response(request, {"code": code, "message": str(message)}, status=status)


@api.exception_handler(DeviceRefused)
@api.exception_handler(BundleRefused)
def _say_refusal(request: HttpRequest, refusal: DeviceRefused | BundleRefused) -> HttpResponse:
    return _refused(request, refusal.code, refusal, refusal.status)


@api.exception_handler(AuthenticationError)
def _ask_to_sign_in(request: HttpRequest, refusal: AuthenticationError) -> HttpResponse:
    return _refused(request, "sign_in_again", _("Sign in with your phone number first."), 401)


@api.exception_handler(ValidationError)
@api.exception_handler(RawPostDataException)  # a form, which the check of the form token has read
def _say_unreadable(request: HttpRequest, refusal: ValidationError | RawPostDataException) -> HttpResponse:
    message = _("The app sent something that we cannot read. Update the app; what you wrote is kept.")
    return _refused(request, "unreadable", message, 422)


@api.post("/devices", auth=SignedIn(), response={201: Enrolled, **REFUSALS}, url_name="enrol")
def enrol(request: HttpRequest, sent: Enrolment, response: HttpResponse) -> Status[dict[str, Any]]:
    """Set up the app on this phone for the person who is signed in."""
    now = timezone.now()
    session_key = request.session.session_key or ""
    device, token = enrol_device(
        user=user_of(request), name=sent.name, proof=sent.proof, session_key=session_key, now=now
    )
    year = 365 * 24 * 3600
    response.set_cookie(APP_COOKIE, "1", max_age=year, secure=request.is_secure(), httponly=True, samesite="Lax")
    return Status(201, {"device": device.key, "token": token, **_opened(device, now)})


@api.post("/devices/{uuid:key}/open", auth=DevicePin(), response={200: Opened, **REFUSALS}, url_name="open")
def open_phone(request: HttpRequest, key: UUID) -> dict[str, Any]:
    """The server's half of the key, for who proves the PIN; ten wrong ones lock the phone."""
    return _opened(_device(request), timezone.now())


@api.post("/devices/{uuid:key}/renew", auth=SignedIn(), response={200: Opened, **REFUSALS}, url_name="renew")
def renew(request: HttpRequest, key: UUID) -> dict[str, Any]:
    """The person has signed in again: the phone is remembered for another while."""
    now = timezone.now()
    session_key = request.session.session_key or ""
    return _opened(renew_device(key=key, user=user_of(request), session_key=session_key, now=now), now)


def _opened(device: FieldDevice, now: datetime) -> dict[str, Any]:
    return {
        "server_part": device.server_part,
        "signed_in_until": device.expires_at,
        "offline_until": offline_until(now),
    }


def _device(request: HttpRequest) -> FieldDevice:
    return cast(FieldDevice, request.auth)  # type: ignore[attr-defined]  # set by the door


@api.post("/bundles", response={200: Answers, **REFUSALS}, url_name="bundles")
def send_bundle(request: HttpRequest, bundle: Bundle) -> dict[str, Any]:
    """Acts, each answered by itself. What is answered with "waits" is sent again, everything else is settled."""
    if bundle.app < OLDEST_APP_VERSION:
        message = _(
            "This app is too old. Open it once where there is signal, so that it renews itself: nothing is lost."
        )
        raise BundleRefused(message, code="app_too_old", status=426)
    if len(bundle.acts) > MAX_ACTS:
        message = _("At most %(most)s acts at once: send them in smaller bundles.") % {"most": MAX_ACTS}
        raise BundleRefused(message, code="too_many_acts", status=413)
    now = timezone.now()
    answers = take_bundle(acts=bundle.acts, device=_device(request), sent_at=bundle.sent_at, now=now)
    return {"answers": answers, "now": now, "offline_until": offline_until(now)}


@api.get("/territory", response={200: Territory, **REFUSALS}, url_name="territory")
def territory(request: HttpRequest, cursor: str = "") -> dict[str, Any]:
    """What the volunteer may see; with the cursor of the last answer only what is new, changed or gone."""
    now = timezone.now()
    shown = territory_since(device=_device(request), cursor=cursor[:100], now=now)
    return {**shown, "now": now, "offline_until": offline_until(now)}
