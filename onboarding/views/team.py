"""The team's workspace: its households, its cases, its people."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from accounts.phones import show_phone, whole_phone
from core.errors import DomainError
from core.paging import page_of
from core.periods import vietnam_date
from households.access import (
    households_served_by,
    households_to_act_for,
    households_to_draft_for,
    teams_led_by,
    teams_of,
    valid_mandates,
)
from households.models import Household, Scope
from onboarding.access import teams_serving
from onboarding.card import qr_svg
from onboarding.forms import LASTS, SearchForm
from onboarding.models import OnboardingCase
from onboarding.selectors import (
    current_consent_text,
    households_for_team,
    members_of,
    waiting_papers_of,
)
from onboarding.services import open_case_again, record_found_by_phone, reveal_phone
from onboarding.steps import MANDATE
from onboarding.todo import Ground, TodoKind, shown_todos, todo_counts, todo_rows, villages_of
from onboarding.views.base import CasePage, Page, TeamPage

PAGE_SIZE = 20


class TeamHomeView(TeamPage, TemplateView):
    """What to do for all households of the person's teams, or of one team; then the ways to everything else."""

    template_name = "onboarding/team_home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        villages = villages_of(Ground(self.user, self.shown_teams, self.now))
        wanted = self.request.GET.get("thon", "")
        ground = Ground(self.user, self.shown_teams, self.now, wanted if wanted in villages else "")
        counts = todo_counts(ground)
        kind = next((one for one in TodoKind if one == self.request.GET.get("viec")), None)
        page = page_of(self.request, todo_rows(ground, kind), per_page=PAGE_SIZE)
        leading = teams_led_by(self.user, self.now).filter(pk__in=[team.pk for team in self.shown_teams])
        return super().get_context_data(
            form=SearchForm(),
            page_obj=page,
            todos=shown_todos(page, ground),
            kinds=[(one, one.label, count) for one, count in counts.items() if count or one == kind],
            kind=kind,
            total=sum(counts.values()),
            villages=villages,
            village=ground.village_name,
            led=leading.order_by("pk"),
            **kwargs,
        )


class TeamHouseholdsView(TeamPage, TemplateView):
    """The households of the territory, found by name, code or whole phone number."""

    template_name = "onboarding/team_households.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = SearchForm(self.request.GET)
        words = form.cleaned_data["q"] if form.is_valid() else ""
        page = page_of(self.request, households_for_team(self.team, words, self.now), per_page=PAGE_SIZE)
        if whole_phone(words):
            record_found_by_phone(found=page.object_list, team=self.team, actor=self.user, now=self.now)
        return super().get_context_data(form=form, words=words, page_obj=page, **kwargs)


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
        ground = Ground(self.user, tuple(teams_of(self.user, self.now)), self.now, household_id=self.household.pk)
        return super().get_context_data(
            household=self.household,
            cases=cases,
            has_open_case=any(case.outcome == OnboardingCase.Outcome.OPEN for case in cases),
            waiting=waiting_papers_of(self.household, self.user, self.now),
            todos=shown_todos(todo_rows(ground)[:PAGE_SIZE], ground),
            may_draft=households_to_draft_for(self.user, self.now).contains(self.household),
            may_answer=households_to_act_for(self.user, Scope.ORDERS, self.now).contains(self.household),
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
    """A case for a household that already has an account; ``step`` asks for its mandate at once."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        team = teams_serving(self.household, self.user, self.now)[0]
        try:
            case = open_case_again(household=self.household, team=team, actor=self.user, now=self.now)
        except DomainError as error:
            messages.error(request, str(error))
            return redirect("onboarding:team_household", code)
        return redirect(MANDATE.url_name if request.POST.get("step") == MANDATE.code else "onboarding:case", case.pk)


class PaperFormView(TeamPage, TemplateView):
    """A sheet of A4 to print, for a household that signs: the words of the consent, and what it allows the team."""

    template_name = "onboarding/paper_form.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**paper_form(vietnam_date(self.now)), **kwargs)


class CasePaperFormView(CasePage, TemplateView):
    """The same for one case: its names stand on it, and a QR code leads back to the case."""

    template_name = "onboarding/paper_form.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        address = f"{settings.SITE_URL}{reverse('onboarding:case', args=[self.case.pk])}"
        printed = paper_form(vietnam_date(self.now))
        return super().get_context_data(team=self.case.team, qr=qr_svg(address), **printed, **kwargs)


def paper_form(today: date) -> dict[str, Any]:
    """What both sheets say: the words that count today, what a mandate may allow, and for how long."""
    text = current_consent_text(get_language() or settings.LANGUAGE_CODE, today)
    return {"text": text, "scopes": [scope.label for scope in Scope], "lasts": [label for _days, label in LASTS]}
