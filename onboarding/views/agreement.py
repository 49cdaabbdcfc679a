"""Consent and mandate: the household says yes with a code or on paper."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import get_language

from core.errors import DomainError
from core.personal_data import mask_phone
from households.models import Scope
from onboarding.forms import LASTS, CodeForm, MandateForm, MandatePaperForm, PaperForm
from onboarding.models import ConsentText, DoorstepCode
from onboarding.selectors import current_consent_text
from onboarding.services import (
    consent_by_code,
    consent_on_paper,
    mandate_by_code,
    mandate_on_paper,
    request_code,
)
from onboarding.steps import CONSENT, MANDATE
from onboarding.views.steps import StepPage

Purpose = DoorstepCode.Purpose
USUAL_DAYS = LASTS[1][0]


class ConsentPage(StepPage):
    step = CONSENT

    @cached_property
    def text(self) -> ConsentText:
        return current_consent_text((get_language() or "vi")[:2], self.now.date())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(text=self.text, phone=mask_phone(self.household.phone), **kwargs)


class PaperPage(StepPage):
    """A page on which a paper is photographed says how long papers wait."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(wait_hours=settings.PAPER_WAIT // timedelta(hours=1), **kwargs)


class ConsentView(ConsentPage):
    """The words, read together; posting sends the code."""

    template_name = "onboarding/consent.html"
    form_class = CodeForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            request_code(
                case=self.case, purpose=Purpose.CONSENT, actor=self.user, now=self.now, terms={"text": self.text.pk}
            )
        except DomainError as error:
            return self.render_to_response(self.get_context_data(form=CodeForm(), refusal=str(error)))
        return redirect("onboarding:consent_code", self.case.pk)


class ConsentCodeView(ConsentPage):
    template_name = "onboarding/code.html"
    form_class = CodeForm
    extra_context = {"again": "onboarding:consent", "on_paper": "onboarding:consent_paper"}

    def perform(self, form: Any) -> HttpResponse:
        consent_by_code(case=self.case, code=form.cleaned_data["code"], actor=self.user, now=self.now)
        return self.go_on()


class ConsentPaperView(PaperPage, ConsentPage):
    template_name = "onboarding/paper.html"
    form_class = PaperForm

    def perform(self, form: Any) -> HttpResponse:
        photo = form.cleaned_data["photo"]
        consent_on_paper(case=self.case, text=self.text, photo=photo, actor=self.user, now=self.now)
        return self.go_on()


class MandateView(StepPage):
    """What the team may do and until when; posting sends the code that repeats it."""

    template_name = "onboarding/mandate.html"
    step = MANDATE
    form_class = MandateForm
    initial = {"scopes": list(Scope), "days": USUAL_DAYS}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(phone=mask_phone(self.household.phone), **kwargs)

    def perform(self, form: Any) -> HttpResponse:
        request_code(
            case=self.case, purpose=Purpose.MANDATE, actor=self.user, now=self.now, terms=dict(form.cleaned_data)
        )
        return redirect("onboarding:mandate_code", self.case.pk)


class MandateCodeView(StepPage):
    template_name = "onboarding/code.html"
    step = MANDATE
    form_class = CodeForm
    extra_context = {"again": "onboarding:mandate", "on_paper": "onboarding:mandate_paper"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(phone=mask_phone(self.household.phone), **kwargs)

    def perform(self, form: Any) -> HttpResponse:
        mandate_by_code(case=self.case, code=form.cleaned_data["code"], actor=self.user, now=self.now)
        return self.go_on()


class MandatePaperView(PaperPage, StepPage):
    template_name = "onboarding/paper.html"
    step = MANDATE
    form_class = MandatePaperForm
    initial = {"scopes": list(Scope), "days": USUAL_DAYS}

    def perform(self, form: Any) -> HttpResponse:
        mandate_on_paper(case=self.case, actor=self.user, now=self.now, **form.cleaned_data)
        return self.go_on()
