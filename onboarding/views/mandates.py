"""What the household allows its teams: given, extended and withdrawn by itself, signed in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from core.errors import DomainError
from core.numbers import whole_number
from households.access import holding, valid_mandates
from households.models import Mandate, Scope
from households.services import can_be_given_again, give_mandate_again, withdraw_mandate
from onboarding.access import teams_near
from onboarding.forms import LASTS, GiveMandateForm
from onboarding.models import Consent
from onboarding.selectors import waiting_papers_of
from onboarding.services import mandate_signed_in
from onboarding.views.base import DomainFormView, HouseholdPage


class MandatesView(HouseholdPage, TemplateView):
    """What was allowed to whom, until when; now and before."""

    template_name = "onboarding/household_mandates.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mandates = Mandate.objects.filter(household=self.household).select_related("team", "recorded_by")
        valid = set(valid_mandates(self.now).filter(household=self.household).values_list("pk", flat=True))
        return super().get_context_data(
            valid=[mandate for mandate in mandates if mandate.pk in valid],
            past=[
                (one, can_be_given_again(one, self.now))
                for one in mandates
                if one.pk not in valid and not one.waits_at(self.now)
            ],
            waiting=waiting_papers_of(self.household, self.user, self.now),
            consent=Consent.objects.filter(holding(self.now), household=self.household).select_related("text").first(),
            **kwargs,
        )


class WithdrawMandateView(HouseholdPage, TemplateView):
    """Says what will happen; the second button ends the mandate. A paper that only waits is refused at once."""

    http_method_names = ["post"]
    template_name = "onboarding/household_mandate_end.html"

    def post(self, request: HttpRequest, code: str, pk: int) -> HttpResponse:
        mandate = get_object_or_404(Mandate.objects.select_related("team"), household=self.household, pk=pk)
        if not mandate.waits_at(self.now) and not request.POST.get("sure"):
            return self.render_to_response(self.get_context_data(mandate=mandate, minutes=settings.TAKE_BACK_MINUTES))
        withdraw_mandate(mandate=mandate, actor=self.user, now=self.now)
        messages.success(request, _("Withdrawn. The team can do nothing more for your household."))
        return redirect("onboarding:household_mandates", code)


class GiveMandateAgainView(HouseholdPage, View):
    """The household ended it by mistake."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, code: str, pk: int) -> HttpResponse:
        mandate = get_object_or_404(Mandate, household=self.household, pk=pk)
        try:
            give_mandate_again(mandate=mandate, actor=self.user, now=self.now)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Taken back: the team may act for you as before."))
        return redirect("onboarding:household_mandates", code)


class GiveMandateView(HouseholdPage, DomainFormView):
    """To a team of the household's place: what it may do and for how long. ``?to=`` names the team to begin with.

    What the team may do already stands ticked, so that extending is one tap.
    """

    template_name = "onboarding/household_mandate_give.html"
    form_class = GiveMandateForm

    @cached_property
    def teams(self) -> dict[int, Any]:
        return {team.pk: team for team in teams_near(self.household, self.now)}

    def get_form_kwargs(self) -> dict[str, Any]:
        choices = [(team.pk, str(team)) for team in self.teams.values()]
        return {**super().get_form_kwargs(), "teams": choices}

    def get_initial(self) -> dict[str, Any]:
        team = whole_number(self.request.GET.get("to", ""))
        team = team if team in self.teams else next(iter(self.teams), None)
        latest = Mandate.objects.filter(household=self.household, team=team).order_by("-given_at", "-pk").first()
        return {"team": team, "scopes": latest.scopes if latest else list(Scope), "days": LASTS[1][0]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(teams=self.teams, **kwargs)

    def perform(self, form: Any) -> HttpResponse:
        typed = form.cleaned_data
        team = self.teams[typed["team"]]
        mandate_signed_in(
            household=self.household,
            team=team,
            scopes=[Scope(scope) for scope in typed["scopes"]],
            days=typed["days"],
            actor=self.user,
            now=self.now,
        )
        messages.success(self.request, _("%(team)s may act for you from now on.") % {"team": team.name})
        return redirect("onboarding:household_mandates", self.household.code)
