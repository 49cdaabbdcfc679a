"""A volunteer's phone: enrolled, opened with its PIN, locked when it is lost."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import audit
from core.errors import DomainError, NotAllowed
from core.locks import lock_row
from core.transactions import in_transaction
from households.access import teams_of
from onboarding.field.access import devices_to_lock
from onboarding.field.models import FieldDevice

MAX_DEVICES = 5
"""Of one person, locked ones not counted."""
MAX_WRONG_PINS = 10
"""In a row; the last one locks the phone."""


class DeviceRefused(DomainError):
    """``status`` is the HTTP status of the refusal."""

    def __init__(self, message: object, *, code: str, status: int) -> None:
        super().__init__(message)
        self.code, self.status = code, status


def digest_of_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def offline_until(now: datetime) -> datetime:
    """How long a phone that is heard of ``now`` may open without signal."""
    return now + timedelta(hours=settings.FIELD_OFFLINE_HOURS)


@in_transaction
def enrol_device(*, user: User, name: str, proof: str, session_key: str, now: datetime) -> tuple[FieldDevice, str]:
    """A new phone and its token, which is kept nowhere else. Raises DeviceRefused."""
    require_team(user, now)
    if FieldDevice.objects.filter(user=user, locked_at=None, expires_at__gt=now).count() >= MAX_DEVICES:
        raise DeviceRefused(
            _("You have five phones with the app already. Let your leader lock the one that you no longer use."),
            code="too_many_devices",
            status=409,
        )
    token = secrets.token_urlsafe(32)
    device = FieldDevice.objects.create(
        key=uuid4(),
        user=user,
        name=name,
        token_digest=digest_of_token(token),
        proof_digest=digest_of_token(proof),
        server_part=secrets.token_hex(32),
        session_key=session_key,
        enrolled_at=now,
        expires_at=now + timedelta(days=settings.FIELD_SIGN_IN_DAYS),
        seen_at=now,
    )
    _record("enrol_field_device", device, user, now)
    return device, token


def open_device(*, key: UUID, proof: str, now: datetime) -> FieldDevice:
    """The phone whose PIN was typed. Raises DeviceRefused; the tenth wrong PIN in a row locks the phone."""
    device = _judge_pin(key, proof, now)
    if device is None:
        raise DeviceRefused(_("This PIN is wrong."), code="wrong_pin", status=401)
    require_open(device, now, expired=True)
    return device


@in_transaction
def _judge_pin(key: UUID, proof: str, now: datetime) -> FieldDevice | None:
    """The phone, None for a wrong PIN, which stays counted."""
    if not FieldDevice.objects.filter(pk=key).exists():
        raise DeviceRefused(_("We do not know this phone. Sign in and set it up anew."), code="unknown", status=401)
    device = lock_row(FieldDevice.objects.select_related("user"), pk=key)
    if device.locked_at:
        return device
    if not constant_time_compare(device.proof_digest, digest_of_token(proof)):
        device.wrong_pins += 1
        if device.wrong_pins >= MAX_WRONG_PINS:
            _lock(device, None, now)
        device.save(update_fields=["wrong_pins"])
        return None
    device.wrong_pins, device.seen_at = 0, now
    device.save(update_fields=["wrong_pins", "seen_at"])
    return device


def require_open(device: FieldDevice, now: datetime, *, expired: bool = False) -> None:
    """Raises DeviceRefused for a locked phone, a suspended person, one without a team; and, unless ``expired`` is
    allowed, when the remembered signing in is over.
    """
    if device.locked_at:
        raise DeviceRefused(
            _("This phone is locked. If you have it back, ask your team leader to unlock it: what waits is kept."),
            code="device_locked",
            status=403,
        )
    if not device.user.is_active:
        raise DeviceRefused(_("This account is suspended. Call us."), code="suspended", status=403)
    if not expired and not device.is_signed_in(now):
        raise DeviceRefused(
            _("Your signing in has ended. Sign in again with your phone number: what waits is kept."),
            code="sign_in_again",
            status=401,
        )
    require_team(device.user, now)


def require_team(user: User, now: datetime) -> None:
    """Raises DeviceRefused for who serves in no team now."""
    if not teams_of(user, now).exists():
        raise DeviceRefused(
            _("The app is for members of a community digital team, and you serve in none now."),
            code="no_team",
            status=403,
        )


@in_transaction
def renew_device(*, key: UUID, user: User, session_key: str, now: datetime) -> FieldDevice:
    """The person signed in again on this phone. Raises DeviceRefused."""
    if not FieldDevice.objects.filter(pk=key, user=user).exists():
        raise DeviceRefused(_("This phone was set up by somebody else."), code="other_person", status=403)
    device = lock_row(FieldDevice.objects.select_related("user"), pk=key)
    require_open(device, now, expired=True)
    device.expires_at = now + timedelta(days=settings.FIELD_SIGN_IN_DAYS)
    device.session_key, device.seen_at = session_key, now
    device.save(update_fields=["expires_at", "session_key", "seen_at"])
    return device


@in_transaction
def lock_device(*, key: UUID, actor: User, now: datetime) -> FieldDevice:
    """The phone is lost: its token and browser session end at once, and it never gets its half of the key again.

    A leader of a team of its holder may, and the holder. Raises NotAllowed.
    """
    device = _lockable(key, actor, now)
    if device.locked_at is None:
        _lock(device, actor, now)
    return device


@in_transaction
def unlock_device(*, key: UUID, actor: User, now: datetime) -> FieldDevice:
    """It was found; what it holds can be read again with its PIN. The holder alone cannot. Raises NotAllowed."""
    device = _lockable(key, actor, now)
    if device.user_id == actor.pk and not devices_to_lock(actor, now).led.filter(pk=key).exists():
        raise NotAllowed(_("Let your team leader unlock it."))
    if device.locked_at is not None:
        device.locked_at = device.locked_by = None
        device.wrong_pins = 0
        device.save(update_fields=["locked_at", "locked_by", "wrong_pins"])
        _record("unlock_field_device", device, actor, now)
    return device


def _lockable(key: UUID, actor: User, now: datetime) -> FieldDevice:
    if not devices_to_lock(actor, now).all.filter(pk=key).exists():
        raise NotAllowed(_("Only the leader of its holder's team may lock this phone."))
    return lock_row(FieldDevice.objects.select_related("user"), pk=key)


def _lock(device: FieldDevice, actor: User | None, now: datetime) -> None:
    device.locked_at, device.locked_by = now, actor
    device.save(update_fields=["locked_at", "locked_by"])
    if device.session_key:
        SessionStore(device.session_key).delete()
    _record("lock_field_device", device, actor, now)


def _record(action: str, device: FieldDevice, actor: User | None, now: datetime) -> None:
    changes = {"phone": ["", device.name]}
    audit.record(action=action, subject=device, now=now, actor=actor, changes=changes)
