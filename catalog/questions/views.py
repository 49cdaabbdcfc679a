"""Asking about a listing, reading what was asked, and the household's list of what waits for its answer."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.guards import signed_in, user_of
from accounts.proven_phones import PhoneProof
from accounts.visitors import address_of
from catalog.cards import product_url
from catalog.public_words.forms import PublicAnswerForm
from catalog.questions.forms import QuestionForm
from catalog.questions.selectors import (
    answered_questions,
    questions_for,
    questions_of_asker,
    questions_waiting_for,
)
from catalog.questions.services import answer_question, ask_question
from catalog.selectors import published_listings
from core.attempts import count_attempt
from core.errors import DomainError
from core.forms import show_refusal
from core.paging import page_of
from households.access import acting_for
from households.models import Scope

PER_PAGE = 10
MAX_QUESTIONS_PER_PERSON = 20
MAX_QUESTIONS_PER_ADDRESS = 60
DAY_SECONDS = 24 * 60 * 60


@require_safe
def list_questions_of_listing(request: HttpRequest, pk: int) -> HttpResponse:
    """All answered questions about one listing on sale."""
    listing = get_object_or_404(published_listings().select_related("household"), pk=pk)
    page = page_of(request, answered_questions(listing.pk), per_page=PER_PAGE)
    return render(request, "questions/of_listing.html", {"listing": listing, "page_obj": page})


@signed_in
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a question; for people whose phone is proven, as the household answers somebody who exists."""
    now, user = timezone.now(), user_of(request)
    if not PhoneProof(request, user.phone, now).is_given:
        raise PermissionDenied
    listing = get_object_or_404(published_listings().select_related("household"), pk=pk)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        counted = (
            ("question-person", user.phone, MAX_QUESTIONS_PER_PERSON),
            ("question-address", address_of(request), MAX_QUESTIONS_PER_ADDRESS),
        )
        try:
            for what, whose, most in counted:
                count_attempt(what=what, whose=whose, most=most, seconds=DAY_SECONDS, now=now)
            ask_question(listing=listing, asker=user, text=form.cleaned_data["text"], now=now)
            messages.success(
                request, _("The household was told. You get a message when it has answered; then everybody reads both.")
            )
            return redirect(product_url(listing.slug, listing.pk))
        except DomainError as refusal:
            show_refusal(form, refusal)
    status = 422 if request.method == "POST" else 200
    return render(request, "questions/ask.html", {"form": form, "listing": listing}, status=status)


@signed_in
@require_safe
def list_waiting(request: HttpRequest) -> HttpResponse:
    """What buyers asked the person's household, or one he helps, and nobody has answered; then what was answered."""
    now, user = timezone.now(), user_of(request)
    answered = questions_for(user, now).filter(answered_at__isnull=False)
    page = page_of(
        request,
        answered.select_related("listing__household", "answered_by_team").order_by("-answered_at", "-pk"),
        per_page=PER_PAGE,
    )
    return render(request, "questions/waiting.html", {"waiting": questions_waiting_for(user, now), "page_obj": page})


@signed_in
@require_http_methods(["GET", "POST"])
def write_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The household's answer to one question. 404 for whoever may not answer it."""
    now, user = timezone.now(), user_of(request)
    question = questions_for(user, now).select_related("listing__household").filter(pk=pk).first()
    if question is None:
        raise Http404
    form = PublicAnswerForm(request.POST or None, initial={"text": question.answer})
    if request.method == "POST" and form.is_valid():
        try:
            acting = acting_for(user, question.listing.household, Scope.LISTING, now)
            answer_question(acting=acting, question=question, text=form.cleaned_data["text"], now=now)
            messages.success(request, _("Answered. The buyer was told, and everybody reads it on the product's page."))
            return redirect("questions:waiting")
        except DomainError as refusal:
            show_refusal(form, refusal)
    context = {"form": form, "question": question, "household": question.listing.household}
    return render(request, "questions/answer.html", context, status=422 if request.method == "POST" else 200)


@signed_in
@require_safe
def list_own(request: HttpRequest) -> HttpResponse:
    """What the person asked, and what came of it."""
    page = page_of(request, questions_of_asker(user_of(request)), per_page=PER_PAGE)
    return render(request, "questions/mine.html", {"page_obj": page})
