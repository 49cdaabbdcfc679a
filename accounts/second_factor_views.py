"""The second factor of staff: setting it up, giving it, recovery codes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.totp.views import ActivateTOTPView
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext

from accounts.guards import View, signed_in, user_of
from accounts.second_factor import current_totp_code
from messaging.services import send_message


def staff_only(view: View) -> View:
    """Authenticators belong to staff; here the second factor is not passed yet."""

    @signed_in
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_of(request).is_staff:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


class SecondFactorView(AuthenticateView):
    """The code of the app, after the password. In development the code stands in the on-screen outbox."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if settings.SHOW_OUTBOX:
            show_code_in_outbox(self.stage.login.user)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "outbox": settings.SHOW_OUTBOX}


class AuthenticatorView(ActivateTOTPView):
    """Setting up the app: whoever gives its first code has passed the second factor."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        record_authentication(self.request, user_of(self.request), method="mfa", type="totp")
        return response


def show_code_in_outbox(user: Any) -> None:
    now = timezone.now()
    code = current_totp_code(user, now)
    if code:
        text = gettext("%(code)s is what your authenticator app shows now.") % {"code": code}
        key = f"authenticator:{user.pk}:{int(now.timestamp()) // 30}"
        send_message(phone=user.phone, text=text, key=key, now=now, expires_at=now + timedelta(minutes=1))
