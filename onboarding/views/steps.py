"""The steps of a case, one page each."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts.phones import show_phone
from households.access import NotAllowed, drafting_for
from households.places.villages import village_names
from households.services import Contact
from onboarding.forms import KNOWN_BY, GiveUpForm, IdentityForm, LeaveOutForm, StorefrontForm
from onboarding.models import OnboardingCase
from onboarding.selectors import is_on_the_market, next_step, step_states, waiting_papers_of
from onboarding.services import block_step, give_up_case, record_identity, record_storefront, reveal_phone, skip_step
from onboarding.steps import BY_CODE, FIRST_LISTING, IDENTITY, STOREFRONT
from onboarding.views.base import CasePage, DomainFormView, OpenCaseMixin


class CaseView(CasePage, TemplateView):
    """The list of steps; the next one stands out."""

    template_name = "onboarding/case.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_open = self.case.outcome == OnboardingCase.Outcome.OPEN
        return super().get_context_data(
            states=step_states(self.case),
            next_step=next_step(self.case) if is_open else None,
            on_the_market=is_on_the_market(self.household),
            waiting=waiting_papers_of(self.household, self.user, self.now),
            **kwargs,
        )


class StepPage(OpenCaseMixin, DomainFormView):
    """One declared step with its form."""

    template_name = "onboarding/step.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(step=self.step, **kwargs)  # type: ignore[attr-defined]  # `step` is of each page


class IdentityView(StepPage):
    step = IDENTITY
    form_class = IdentityForm

    def get_initial(self) -> dict[str, Any]:
        """The whole number, so that it can be put right; each page that shows it is a row in the audit trail."""
        household, phone = self.household, ""
        if self.request.method == "GET":
            with suppress(NotAllowed):  # the household moved away: its number is no longer the team's to see
                phone = show_phone(reveal_phone(household=household, actor=self.user, now=self.now))
        return {
            "version": household.version,
            "head_name": household.head.full_name if household.head else "",
            "phone": phone,
            "village_name": household.village_name,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(villages=village_names(self.household.commune), **kwargs)

    def perform(self, form: Any) -> HttpResponse:
        typed = form.cleaned_data
        record_identity(
            case=self.case,
            actor=self.user,
            contact=Contact(typed["head_name"], typed["phone"], typed["village_name"]),
            version=typed["version"],
            known_by=str(dict(KNOWN_BY)[typed["known_by"]]),
            now=self.now,
        )
        return self.go_on()


class StorefrontView(StepPage):
    step = STOREFRONT
    form_class = StorefrontForm

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.household.version, "name": self.household.name, "story": self.household.story}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(waiting=waiting_papers_of(self.household, self.user, self.now), **kwargs)

    def perform(self, form: Any) -> HttpResponse:
        typed = form.cleaned_data
        record_storefront(case=self.case, actor=self.user, now=self.now, **typed)
        messages.success(self.request, _("The storefront is open."))
        return self.go_on()


class FirstListingView(OpenCaseMixin, TemplateView):
    """The way to the listing form; the step is done when the listing is sent in."""

    template_name = "onboarding/first_listing.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        try:
            drafting_for(self.user, self.household, self.now)
        except NotAllowed as error:
            kwargs["refusal"] = str(error)
        waiting = waiting_papers_of(self.household, self.user, self.now)
        return super().get_context_data(step=FIRST_LISTING, waiting=waiting, **kwargs)


class LeaveOutView(StepPage):
    """Not now, or not at all; either with a reason."""

    template_name = "onboarding/leave_out.html"
    form_class = LeaveOutForm

    @property
    def step(self) -> Any:
        return BY_CODE[self.kwargs["step"]]

    def perform(self, form: Any) -> HttpResponse:
        leave = skip_step if "skip" in self.request.POST else block_step
        leave(case=self.case, step=self.step.code, reason=form.reason(), actor=self.user, now=self.now)
        return redirect("onboarding:case", self.case.pk)


class GiveUpView(OpenCaseMixin, DomainFormView):
    template_name = "onboarding/give_up.html"
    form_class = GiveUpForm

    def perform(self, form: Any) -> HttpResponse:
        give_up_case(case=self.case, reason=form.cleaned_data["reason"], actor=self.user, now=self.now)
        return redirect("onboarding:team_home")
