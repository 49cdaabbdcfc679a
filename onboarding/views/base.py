"""What the pages of both workspaces share."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView

from accounts.guards import SignedInMixin, signed_in, user_of
from accounts.models import User
from core.errors import ChangedMeanwhile, DomainError
from core.forms import show_refusal, typed_again
from households.access import own_households, teams_of
from households.models import DigitalTeam, Household
from onboarding.access import cases_of
from onboarding.models import OnboardingCase
from onboarding.selectors import case_with_steps, next_step


class Page(SignedInMixin):
    """Who asks, and when."""

    request: HttpRequest
    kwargs: dict[str, Any]

    def read_subject(self) -> object:
        """What the page is about, if the person may reach it. Raises Http404 or PermissionDenied otherwise."""
        return None

    @method_decorator(signed_in)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.read_subject()  # before any method answers, so that none of them can forget to ask
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def now(self) -> datetime:
        return timezone.now()

    @cached_property
    def user(self) -> User:
        return user_of(self.request)


class TeamPage(Page):
    """A page of a team: the one named by ``?to=``, otherwise the person's first."""

    @cached_property
    def teams(self) -> list[DigitalTeam]:
        teams = list(teams_of(self.user, self.now).select_related("commune__province"))
        if not teams:
            raise PermissionDenied
        return teams

    @cached_property
    def team(self) -> DigitalTeam:
        wanted = self.request.GET.get("to") or self.request.POST.get("to")
        return next((team for team in self.teams if str(team.pk) == wanted), self.teams[0])

    @property
    def shown_teams(self) -> tuple[DigitalTeam, ...]:
        """The team that ``?to=`` names; all of the person's where it names none."""
        return (self.team,) if self.request.GET.get("to") else tuple(self.teams)

    def read_subject(self) -> object:
        return self.team

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = {"team": self.team, "teams": self.teams, "shown_teams": self.shown_teams, **kwargs}
        context: dict[str, Any] = super().get_context_data(**given)  # type: ignore[misc]  # of the view it is mixed into
        return context


class CasePage(Page):
    """A page of one case of one of the person's teams."""

    @cached_property
    def case(self) -> OnboardingCase:
        return get_object_or_404(case_with_steps(cases_of(self.user, self.now)), pk=self.kwargs["pk"])

    def read_subject(self) -> object:
        return self.case

    @property
    def household(self) -> Household:
        return self.case.household

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = {"case": self.case, "household": self.household, **kwargs}
        context: dict[str, Any] = super().get_context_data(**given)  # type: ignore[misc]  # of the view it is mixed into
        return context

    def go_on(self) -> HttpResponse:
        """To the next step, or to the case when none is left."""
        case = get_object_or_404(case_with_steps(cases_of(self.user, self.now)), pk=self.case.pk)
        step = next_step(case)
        if step is None or case.outcome != OnboardingCase.Outcome.OPEN:
            return redirect("onboarding:case", case.pk)
        return redirect(step.url_name, case.pk)


class HouseholdPage(Page):
    """A page of a household for its own members."""

    @cached_property
    def household(self) -> Household:
        own = own_households(self.user, self.now).select_related("head", "commune__province")
        return get_object_or_404(own, code=self.kwargs["code"])

    def read_subject(self) -> object:
        return self.household

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = {"household": self.household, **kwargs}
        context: dict[str, Any] = super().get_context_data(**given)  # type: ignore[misc]  # of the view it is mixed into
        return context


class DomainFormView(FormView[Any]):
    """A form whose saving is one domain call; a refusal comes back to the field it belongs to."""

    def perform(self, form: Any) -> HttpResponse:
        """The one domain call, and where to go then. May raise DomainError."""
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return self.perform(form)
        except ChangedMeanwhile as refusal:
            context = self.get_context_data(form=typed_again(form, refusal), current=refusal.current)
            return self.render_to_response(context, status=409)
        except DomainError as error:
            self.show_refusal(form, error)
            return self.form_invalid(form)

    def show_refusal(self, form: Form, error: DomainError) -> None:
        show_refusal(form, error)


class OpenCaseMixin(CasePage):
    """A step's page; a closed case has none, and says so."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and self.case.outcome != OnboardingCase.Outcome.OPEN:
            messages.info(request, _("This case is closed."))
            return redirect("onboarding:case", self.case.pk)
        return super().dispatch(request, *args, **kwargs)
