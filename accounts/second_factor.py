"""The second factor of staff: an authenticator app, and whether its code was given at this sign-in."""

from __future__ import annotations

from datetime import datetime

from allauth.account.authentication import get_authentication_records
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.db import transaction
from django.http import HttpRequest

from accounts.models import User


def missing_proof(request: HttpRequest, user: User) -> str | None:
    """What this sign-in of ``user`` still lacks: "password", then "mfa"; None when both were given.

    A code by phone is neither: it may have opened the session of somebody who became staff later.
    """
    given = {record["method"] for record in get_authentication_records(request, user)}
    return next((method for method in ("password", "mfa") if method not in given), None)


def has_authenticator(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


@transaction.atomic
def enrol_totp(*, user: User, secret: str) -> None:
    """Give ``user`` an app with a known secret (base 32), in place of the one there was, and recovery codes."""
    Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).delete()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)


def current_totp_code(user: User, now: datetime) -> str | None:
    """What the authenticator app of ``user`` shows now; for development and the demo."""
    authenticator = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if authenticator is None:
        return None
    counter = int(now.timestamp()) // app_settings.TOTP_PERIOD
    return format_hotp_value(hotp_value(decrypt(authenticator.data["secret"]), counter))
