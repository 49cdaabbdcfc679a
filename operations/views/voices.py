"""What buyers say, ask and report: read by operators, hidden with a reason, decided about."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.guards import operator_required, user_of
from catalog.flags.selectors import flagged_listings, open_flags_of
from catalog.flags.services import dismiss_flags, take_down_flagged
from catalog.models import ListingQuestion, Product, Review
from catalog.questions.services import hide_question, show_question_again
from catalog.reviews.services import hide_review, show_review_again
from core.errors import DomainError
from core.forms import show_refusal
from core.paging import page_of
from operations.forms import DecisionForm
from operations.selectors import questions_to_moderate, reviews_to_moderate


@operator_required
@require_safe
def list_flags(request: HttpRequest) -> HttpResponse:
    """Listings with open reports, the longest-waiting first."""
    return render(request, "operations/flags.html", {"page_obj": page_of(request, flagged_listings())})


@operator_required
@require_http_methods(["GET", "POST"])
def decide_flags(request: HttpRequest, pk: int) -> HttpResponse:
    """All open reports of one listing, and the two decisions."""
    listing: Product = get_object_or_404(Product.objects.select_related("household__commune__province"), pk=pk)
    flags = open_flags_of(listing)
    if not flags:
        messages.info(request, _("Somebody has decided about it already."))
        return redirect("operations:flags")
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        decide = dismiss_flags if "dismiss" in request.POST else take_down_flagged
        try:
            decide(operator=user_of(request), listing=listing, reason=form.cleaned_data["reason"], now=timezone.now())
            messages.success(request, _("Decided. Who must know was told."))
            return redirect("operations:flags")
        except DomainError as refusal:
            show_refusal(form, refusal)
    status = 422 if request.method == "POST" else 200
    return render(request, "operations/flag.html", {"listing": listing, "flags": flags, "form": form}, status=status)


@operator_required
@require_safe
def list_voices(request: HttpRequest, kind: str = "danh-gia") -> HttpResponse:
    """Reviews or questions, newest first, hidden ones too."""
    if kind not in ("danh-gia", "cau-hoi"):
        raise Http404
    rows = reviews_to_moderate() if kind == "danh-gia" else questions_to_moderate()
    return render(request, "operations/voices.html", {"page_obj": page_of(request, rows), "kind": kind})


@operator_required
@require_http_methods(["GET", "POST"])
def hide_voice(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Hide one review or question; its writer reads the reason."""
    row = _voice(kind, pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operator, reason, now = user_of(request), form.cleaned_data["reason"], timezone.now()
        try:
            if isinstance(row, Review):
                hide_review(operator=operator, review=row, reason=reason, now=now)
            else:
                hide_question(operator=operator, question=row, reason=reason, now=now)
            messages.success(request, _("Hidden. Who wrote it was told why."))
            return redirect("operations:voices_of_kind", kind=kind)
        except DomainError as refusal:
            show_refusal(form, refusal)
    status = 422 if request.method == "POST" else 200
    return render(request, "operations/hide_voice.html", {"row": row, "kind": kind, "form": form}, status=status)


@operator_required
@require_POST
def show_voice(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Show a hidden review or question again."""
    row, operator, now = _voice(kind, pk), user_of(request), timezone.now()
    if isinstance(row, Review):
        show_review_again(operator=operator, review=row, now=now)
    else:
        show_question_again(operator=operator, question=row, now=now)
    messages.success(request, _("It is shown again."))
    return redirect("operations:voices_of_kind", kind=kind)


def _voice(kind: str, pk: int) -> Review | ListingQuestion:
    if kind == "danh-gia":
        return get_object_or_404(reviews_to_moderate(), pk=pk)
    if kind == "cau-hoi":
        return get_object_or_404(questions_to_moderate(), pk=pk)
    raise Http404
