"""Signing in, and one's own account: allauth's flows with our words and rules."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.stagekit import clear_login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.account.utils import get_login_redirect_url
from allauth.account.views import ConfirmLoginCodeView, LoginView, RequestLoginCodeView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import PasswordChangeView
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView

from accounts.forms import NameForm
from accounts.guards import SignedInMixin, StaffMixin, user_of
from accounts.one_time_codes import CodeRefused
from accounts.phones import show_phone
from accounts.services import change_name
from accounts.sign_in import SignInByCode
from accounts.workspaces import notices_for, roles_of, sections_for, workspaces_for
from core.attempts import TooManyAttempts


class StartAnewMixin:
    """Coming back to the first step gives up what was begun: a mistyped phone number can be mended."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        clear_login(request)


class PhoneView(StartAnewMixin, RequestLoginCodeView):
    """Step one: the phone number."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            SignInByCode.begin(self.request, form.cleaned_data["phone"])
        except TooManyAttempts as refusal:  # whoever has a long code writes it on the next page
            messages.error(self.request, str(refusal))
        return redirect(self.get_success_url())


@method_decorator(never_cache, name="dispatch")
class CodeView(ConfirmLoginCodeView):
    """Step two: the code. A lost or expired first step is said, not hidden."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return HttpResponseRedirect(get_login_redirect_url(request))  # redirect() would take a word for a route
        stage = LoginStageController.enter(request, LoginByCodeStage.key)
        self._process = SignInByCode.resume(stage) if stage else None
        if self._process:
            return FormView.dispatch(self, request, *args, **kwargs)  # allauth's would resume its own process
        messages.error(request, _("The code is too old. Write your phone number again to get a new one."))
        return redirect("account_request_login_code")

    def get_form_kwargs(self) -> dict[str, Any]:
        return FormView.get_form_kwargs(self)  # allauth's would hand the form a code to compare with

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            if self._action == "resend":
                self._process.resend()
                return redirect(self.passthrough_next_url(reverse("account_confirm_login_code")))
            self._process.use(form.cleaned_data["code"])
        except TooManyAttempts as refusal:
            messages.error(self.request, str(refusal))
            return redirect(self.passthrough_next_url(reverse("account_confirm_login_code")))
        except CodeRefused as refusal:
            form.add_error("code", str(refusal))
            return self.form_invalid(form)
        return self._verify_form_valid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        return FormView.form_invalid(self, form)  # allauth's would count the try in the session

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        is_sent = self._process.state.get("code_id") is not None
        return {**context, "phone": show_phone(context["phone"]), "is_sent": is_sent, "outbox": settings.SHOW_OUTBOX}


class PasswordView(StartAnewMixin, LoginView):
    """Staff: phone and password; the second factor comes next."""


class AccountView(SignedInMixin, FormView[NameForm]):
    """Who I am here, and where I can go."""

    template_name = "accounts/home.html"
    form_class = NameForm
    success_url = reverse_lazy("account_home")

    def get_initial(self) -> dict[str, Any]:
        return {"full_name": user_of(self.request).full_name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, now = user_of(self.request), timezone.now()
        return super().get_context_data(
            phone=show_phone(user.phone),
            roles=roles_of(user, now),
            sections=sections_for(user, now),
            workspaces=workspaces_for(user, now),
            notices=notices_for(user, now),
            **kwargs,
        )

    def form_valid(self, form: NameForm) -> HttpResponse:
        user = user_of(self.request)
        change_name(user=user, full_name=form.cleaned_data["full_name"], now=timezone.now(), actor=user)
        messages.success(self.request, _("Your name is saved."))
        return super().form_valid(form)


class NewPasswordView(StaffMixin, PasswordChangeView):
    template_name = "accounts/password.html"

    def get_success_url(self) -> str:
        messages.success(self.request, _("Your new password is saved."))
        return reverse("account_home")
