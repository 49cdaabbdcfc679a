"""The team's workspace: its households, its cases, its people."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from accounts.phones import show_phone, whole_phone
from core.errors import DomainError
from core.paging import page_of
from households.access import households_served_by, households_to_draft_for, teams_led_by, valid_mandates
from households.models import Household
from onboarding.access import teams_serving
from onboarding.forms import SearchForm
from onboarding.models import OnboardingCase
from onboarding.selectors import (
    households_for_team,
    members_of,
    next_step,
    open_cases_for_team,
    waiting_papers_of,
)
from onboarding.services import open_case_again, record_found_by_phone, reveal_phone
from onboarding.views.base import Page, TeamPage

PAGE_SIZE = 20
CASES_SHOWN = 10


class TeamHomeView(TeamPage, TemplateView):
    """Open cases with their next step first, then the households of the territory."""

    template_name = "onboarding/team_home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = SearchForm(self.request.GET)
        words = form.cleaned_data["q"] if form.is_valid() else ""
        found = households_for_team(self.team, words, self.now)
        page = page_of(self.request, found, per_page=PAGE_SIZE)
        if whole_phone(words):
            record_found_by_phone(found=page.object_list, team=self.team, actor=self.user, now=self.now)
        cases = list(open_cases_for_team(self.team)[: CASES_SHOWN + 1])
        return super().get_context_data(
            form=form,
            words=words,
            page_obj=page,
            cases=[(case, next_step(case)) for case in cases[:CASES_SHOWN]],
            has_more_cases=len(cases) > CASES_SHOWN,
            leads=teams_led_by(self.user, self.now).filter(pk=self.team.pk).exists(),
            **kwargs,
        )


class TeamCasesView(TeamPage, TemplateView):
    """All open cases, paged."""

    template_name = "onboarding/team_cases.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = page_of(self.request, open_cases_for_team(self.team), per_page=PAGE_SIZE)
        cases = [(case, next_step(case)) for case in page]
        return super().get_context_data(page_obj=page, cases=cases, **kwargs)


class TeamMembersView(TeamPage, TemplateView):
    """Who serves in the team, for its leader."""

    template_name = "onboarding/team_members.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if not teams_led_by(self.user, self.now).filter(pk=self.team.pk).exists():
            raise PermissionDenied
        return super().get_context_data(members=members_of(self.team, self.now), **kwargs)


class ServedHouseholdPage(Page):
    """A page of one household in the territory of the person's teams."""

    @cached_property
    def household(self) -> Household:
        served = households_served_by(self.user, self.now).select_related("head", "commune__province", "opened_by_team")
        return get_object_or_404(served, code=self.kwargs["code"])

    def read_subject(self) -> object:
        return self.household


class TeamHouseholdView(ServedHouseholdPage, TemplateView):
    """One household as its team sees it; the phone number is masked until asked for."""

    template_name = "onboarding/team_household.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cases = OnboardingCase.objects.filter(household=self.household).select_related("team")
        return super().get_context_data(
            household=self.household,
            cases=cases,
            has_open_case=any(case.outcome == OnboardingCase.Outcome.OPEN for case in cases),
            waiting=waiting_papers_of(self.household, self.user, self.now),
            may_draft=households_to_draft_for(self.user, self.now).contains(self.household),
            mandates=valid_mandates(self.now).filter(household=self.household).select_related("team"),
            **kwargs,
        )


class ShowPhoneView(ServedHouseholdPage, View):
    """The whole phone number, once, written down for the household to see."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        try:
            phone = reveal_phone(household=self.household, actor=self.user, now=self.now)
            messages.info(request, _("Phone number: %(phone)s") % {"phone": show_phone(phone)})
        except DomainError as error:
            messages.error(request, str(error))
        return redirect("onboarding:team_household", code)


class OpenAgainView(ServedHouseholdPage, TeamPage, View):
    """A case for a household that already has an account."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        team = teams_serving(self.household, self.user, self.now)[0]
        try:
            case = open_case_again(household=self.household, team=team, actor=self.user, now=self.now)
        except DomainError as error:
            messages.error(request, str(error))
            return redirect("onboarding:team_household", code)
        return redirect("onboarding:case", case.pk)
