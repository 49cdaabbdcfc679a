"""The household's data: a copy to take away, and asking that it be put right or erased."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import View

from core.errors import DomainError
from households.audit import record_whoever_acts
from onboarding.forms import CorrectionForm
from onboarding.models import DataRequest
from onboarding.personal_data import copy_of
from onboarding.services import ask_for_correction, ask_for_erasure
from onboarding.views.base import DomainFormView, HouseholdPage


class OwnDataView(HouseholdPage, DomainFormView):
    """What is held and why, what was asked, and the form of a correction."""

    template_name = "onboarding/own_data.html"
    form_class = CorrectionForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            requests=DataRequest.objects.filter(household=self.household).order_by("-asked_at"), **kwargs
        )

    def perform(self, form: Any) -> HttpResponse:
        ask_for_correction(household=self.household, words=form.cleaned_data["words"], actor=self.user, now=self.now)
        messages.success(self.request, _("Sent. You see the answer here."))
        return redirect("onboarding:own_data", self.household.code)


class CopyView(HouseholdPage, View):
    """Everything that is held, as one file; taking it is written down."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        record_whoever_acts(
            household=self.household, actor=self.user, action="copy_data", subject=self.household, now=self.now
        )
        response = HttpResponse(copy_of(self.household), content_type="application/json; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{self.household.code}.json"'
        response["Cache-Control"] = "private, no-store"
        return response


class AskErasureView(HouseholdPage, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        try:
            ask_for_erasure(household=self.household, actor=self.user, now=self.now)
            messages.success(request, _("Sent. An operator erases your data within 15 days."))
        except DomainError as refusal:
            messages.error(request, str(refusal))
        return redirect("onboarding:own_data", code)
