"""What allauth asks about our people: phones, messages, words."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.fields import PhoneField
from accounts.guards import user_of
from accounts.models import User
from accounts.services import record_failed_sign_in
from core import audit


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Call your team or the operators to open it again."),
        "incorrect_password": _("The password is not right. Check capital letters and Vietnamese typing."),
        "phone_password_mismatch": _("The phone number or the password is not right. Check both and try again."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes, then start again."),
        "rate_limited": _("Too many tries. Wait five minutes, then start again."),
    }

    def login(self, request: HttpRequest, user: User) -> None:
        """The session key changes; a session that opens staff pages lasts a working day. Each sign-in leaves a row."""
        super().login(request, user)
        if user.is_staff:
            request.session.set_expiry(settings.STAFF_SESSION_SECONDS)
        how = ", ".join(record["method"] for record in get_authentication_records(request, user))
        audit.record(action="sign_in", subject=user, now=timezone.now(), actor=user, changes={"how": ["", how]})

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        user = self.get_user_by_phone(credentials.get("phone", ""))
        record_failed_sign_in(user=user, how="password", address=self.get_client_ip(request), now=timezone.now())

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong passwords are counted by number and address: whoever guesses locks out himself, not the owner."""
        key: str = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{self.get_client_ip(request)}"

    def phone_form_field(self, **kwargs: Any) -> PhoneField:
        return PhoneField(**kwargs)

    def get_user_by_phone(self, phone: str) -> User | None:
        return User.objects.filter(phone=phone).first()

    def get_phone(self, user: User) -> tuple[str, bool]:
        return user.phone, True

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        user.phone = phone
        user.save(update_fields=["phone"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        """The phone number is the account: there is no unverified one to mark."""

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """A password given a moment ago is not asked for again."""
        return not _gave_password_just_now(context.request) and super().is_reauthentication_required(app=app, **kwargs)


def _gave_password_just_now(request: HttpRequest) -> bool:
    given = [r["at"] for r in get_authentication_records(request, user_of(request)) if r["method"] == "password"]
    return bool(given) and time.time() - given[-1] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
