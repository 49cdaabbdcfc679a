"""Signing in with a one-time code, the same way for known and unknown phones.

allauth sends no code to an unknown phone. Ours does: whoever proves to hold the phone gets in, and an account is
opened at that moment, not before; so the answers never tell whether a phone had an account.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.one_time_codes import CodeRefused
from accounts.phone_codes import Purpose, send_phone_code, use_phone_code
from accounts.services import ensure_account, record_failed_sign_in
from accounts.visitors import address_of


class SignInByCode(LoginCodeVerificationProcess):
    @classmethod
    def begin(cls, request: HttpRequest, phone: str) -> SignInByCode:
        """Send a code and remember in the session which one.

        After TooManyAttempts, which it raises, the session waits for the long code of the phone.
        """
        login = Login(user=get_adapter().get_user_by_phone(phone), phone=phone)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=login.user, phone=phone), initiated_by_user=True, code_id=None)
        process = cls(stage)
        process.resend()
        return process

    @classmethod
    def resume(cls, stage: Any) -> SignInByCode | None:
        process: SignInByCode | None = cls(stage).abort_if_invalid()
        return process

    @property
    def can_resend(self) -> bool:
        """The counts of phone and address decide (accounts/phone_codes.py), not the session."""
        return True

    def resend(self) -> None:
        """Raises TooManyAttempts."""
        now = timezone.now()
        self.state["at"] = now.timestamp()
        try:
            code = send_phone_code(
                purpose=Purpose.SIGN_IN, phone=self.state["phone"], address=address_of(self.request), now=now
            )
            self.state["code_id"] = code.pk
        finally:
            self.persist()

    def use(self, typed: str) -> None:
        """Raises CodeRefused, TooManyAttempts."""
        phone, address, now = self.state["phone"], address_of(self.request), timezone.now()
        code_id = self.state.get("code_id")
        try:
            use_phone_code(purpose=Purpose.SIGN_IN, phone=phone, code_id=code_id, typed=typed, address=address, now=now)
        except CodeRefused:
            user = User.objects.filter(phone=phone).first()
            record_failed_sign_in(user=user, how="code", address=address, now=now)
            raise

    def finish(self, redirect_url: str | None) -> HttpResponseBase:
        """In; staff are sent on to their password, since a code by phone is not enough for them."""
        self._user = ensure_account(phone=self.state["phone"], now=timezone.now())
        if not self._user.is_staff:
            response: HttpResponseBase = super().finish(redirect_url)
            return response
        self.abort()
        messages.info(self.request, _("Your account opens staff pages: sign in with your password."))
        back = f"?{urlencode({REDIRECT_FIELD_NAME: redirect_url})}" if redirect_url else ""
        return redirect(reverse("account_login") + back)
