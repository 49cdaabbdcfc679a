"""Signed papers that wait: refused by the household, on its page or by its link, and checked by the team's leader."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django.views.generic import TemplateView, View

from core.errors import DomainError
from core.paging import page_of
from core.private_files import private_response
from households.access import teams_led_by
from onboarding.links import end_of_link
from onboarding.paper import AgreementOnPaper
from onboarding.selectors import paper_of_kind, papers_to_check_in, signed_on_paper
from onboarding.services import confirm_signed_paper, look_at_paper, refuse_by_household, refuse_signed_paper
from onboarding.views.base import HouseholdPage, Page, TeamPage


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def refuse_by_link(request: HttpRequest, kind: str, pk: int, signature: str) -> HttpResponse:
    """What somebody says that the household signed, and one button that refuses it; opening the page does nothing."""
    now, ends_at, paper = timezone.now(), end_of_link(kind, pk, signature), paper_of_kind(kind, pk)
    if ends_at is None or paper is None:
        raise Http404
    shown = {"paper": paper, "kind": kind, "ends_at": ends_at, "has_ended": now >= ends_at}
    if request.method == "POST" and not shown["has_ended"]:
        refuse_by_household(paper=paper, actor=None, now=now)
        return redirect(request.path)
    return render(request, "onboarding/paper_refuse.html", shown, status=410 if shown["has_ended"] else 200)


class OwnPaperPage(HouseholdPage, View):
    """One paper of the household's own that waits."""

    http_method_names = ["post"]

    @cached_property
    def paper(self) -> AgreementOnPaper:
        signed = signed_on_paper(self.household, self.kwargs["kind"], self.kwargs["pk"])
        if signed is None:
            raise Http404
        return signed

    def read_subject(self) -> object:
        return self.paper


class RefuseOwnPaperView(OwnPaperPage):
    def post(self, request: HttpRequest, code: str, kind: str, pk: int) -> HttpResponse:
        refuse_by_household(paper=self.paper, actor=self.user, now=self.now)
        messages.success(request, _("Refused. The paper holds for nothing."))
        return redirect("onboarding:household_mandates", code)


class ConfirmOwnPaperView(OwnPaperPage):
    def post(self, request: HttpRequest, code: str, kind: str, pk: int) -> HttpResponse:
        done = _("Thank you. It holds from now on.")
        say(request, done, lambda: confirm_signed_paper(paper=self.paper, checker=self.user, now=self.now))
        return redirect("onboarding:household_mandates", code)


class PapersToCheckView(TeamPage, TemplateView):
    """The papers of the team that wait; the leader's own are shown, for somebody else to check."""

    template_name = "onboarding/papers_to_check.html"

    def read_subject(self) -> object:
        if not teams_led_by(self.user, self.now).contains(self.team):
            raise PermissionDenied
        return self.team

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = page_of(self.request, papers_to_check_in(self.team, self.user, self.now))
        return super().get_context_data(page_obj=page, **kwargs)


class CheckPaperPage(Page, View):
    """One paper that the person leads the team of; nobody else finds it."""

    @cached_property
    def paper(self) -> AgreementOnPaper:
        paper = paper_of_kind(self.kwargs["kind"], self.kwargs["pk"])
        if paper is None or paper.team is None or not teams_led_by(self.user, self.now).contains(paper.team):
            raise Http404
        return paper

    def read_subject(self) -> object:
        return self.paper

    def answer(self, done: str, act: Callable[[], object]) -> HttpResponse:
        say(self.request, done, act)
        return redirect(f"{reverse('onboarding:papers_to_check')}?to={self.paper.team_id}")


class PaperPictureView(CheckPaperPage):
    """The photograph, for whoever may check it; the household reads that somebody looked."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, kind: str, pk: int) -> FileResponse:
        try:
            look_at_paper(paper=self.paper, checker=self.user, now=self.now)
        except DomainError as refusal:
            raise PermissionDenied from refusal
        return private_response(self.paper.evidence, content_type="image/jpeg")


class ConfirmPaperView(CheckPaperPage):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, kind: str, pk: int) -> HttpResponse:
        done = _("Confirmed. It holds from now on, and the household was told.")
        return self.answer(done, lambda: confirm_signed_paper(paper=self.paper, checker=self.user, now=self.now))


class RefusePaperView(CheckPaperPage):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, kind: str, pk: int) -> HttpResponse:
        reason = request.POST.get("reason", "")
        return self.answer(
            _("Refused. The team reads why."),
            lambda: refuse_signed_paper(paper=self.paper, checker=self.user, reason=reason, now=self.now),
        )


def say(request: HttpRequest, done: str, act: Callable[[], object]) -> None:
    """Do it and say so, or say why not."""
    try:
        act()
        messages.success(request, done)
    except DomainError as refusal:
        messages.error(request, str(refusal))
