"""Signed papers that wait: an operator looks at the picture, confirms the paper, or refuses it with a reason."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.guards import operator_required, user_of
from core.errors import DomainError
from core.paging import page_of
from core.private_files import private_response
from onboarding.paper import PAPER_KINDS, AgreementOnPaper
from onboarding.selectors import paper_of_kind, papers_waiting
from onboarding.services import confirm_signed_paper, refuse_signed_paper
from operations.access import record_reveal


@operator_required
@require_safe
def list_papers(request: HttpRequest, kind: str = "dong-y") -> HttpResponse:
    """Those of one kind, the first to hold first; consents come before mandates, which hang on them."""
    if kind not in PAPER_KINDS:
        raise Http404
    waiting = {name: papers_waiting(model, user_of(request), timezone.now()) for name, model in PAPER_KINDS.items()}
    page = page_of(request, waiting[kind])
    counts = {name: page.paginator.count if name == kind else rows.count() for name, rows in waiting.items()}
    shown = {"consents_waiting": counts["dong-y"], "mandates_waiting": counts["uy-quyen"]}
    return render(request, "operations/papers.html", {"page_obj": page, "kind": kind, **shown})


@operator_required
@require_safe
def show_paper_picture(request: HttpRequest, kind: str, pk: int) -> FileResponse:
    """The photograph, on the page of papers that wait; the household reads that an operator looked."""
    paper = _paper(kind, pk)
    operator, code = user_of(request), paper.household.code
    record_reveal(action="read_paper", subject=paper, operator=operator, now=timezone.now(), household_code=code)
    return private_response(paper.evidence, content_type="image/jpeg")


@operator_required
@require_POST
def confirm_paper(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    paper, operator, now = _paper(kind, pk), user_of(request), timezone.now()
    done = _("Confirmed. It holds from now on, and the household was told.")
    return _answer(request, kind, done, lambda: confirm_signed_paper(paper=paper, checker=operator, now=now))


@operator_required
@require_POST
def refuse_paper(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    paper, operator, now = _paper(kind, pk), user_of(request), timezone.now()
    reason = request.POST.get("reason", "")
    done = _("Refused. The team reads why.")
    return _answer(
        request, kind, done, lambda: refuse_signed_paper(paper=paper, checker=operator, reason=reason, now=now)
    )


def _paper(kind: str, pk: int) -> AgreementOnPaper:
    paper = paper_of_kind(kind, pk)
    if paper is None:
        raise Http404
    return paper


def _answer(request: HttpRequest, kind: str, done: str, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
        messages.success(request, done)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("operations:papers_of_kind", kind)
