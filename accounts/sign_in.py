"""Signing in with a one-time code, the same way for known and unknown phones.

allauth sends no code to an unknown phone. Ours does: whoever proves to hold the phone gets in, and an account is
opened at that moment, not before; so the answers never tell whether a phone had an account.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.services import ensure_account


class SignInByCode(LoginCodeVerificationProcess):
    @classmethod
    def begin(cls, request: HttpRequest, phone: str) -> SignInByCode:
        """Send a code and remember in the session what was sent."""
        login = Login(user=get_adapter().get_user_by_phone(phone), phone=phone)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=login.user, phone=phone), initiated_by_user=True)
        process = cls(stage)
        process.send()
        process.persist()
        return process

    @classmethod
    def resume(cls, stage: Any) -> SignInByCode | None:
        process: SignInByCode | None = cls(stage).abort_if_invalid()
        return process

    def generate_code(self) -> str:
        code: str = get_adapter().generate_login_code()
        self.state["code"] = code
        return code

    def send_by_phone(self, phone: str, skip_enumeration_mails: bool = False) -> None:
        adapter, code = get_adapter(), self.generate_code()
        adapter.send_verification_code_sms(user=self.user, phone=phone, code=code)  # type: ignore[arg-type]  # or None

    def finish(self, redirect_url: str | None) -> HttpResponseBase:
        """In; staff are sent on to their password, since a code by phone is not enough for them."""
        self._user = ensure_account(phone=self.state["phone"], now=timezone.now())
        if not self._user.is_staff:
            response: HttpResponseBase = super().finish(redirect_url)
            return response
        self.abort()
        messages.info(self.request, _("Your account opens staff pages: sign in with your password."))
        return redirect("account_login")
