"""Reviews as everybody reads them, and the household's answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.guards import signed_in, user_of
from catalog.cards import storefront_url
from catalog.public_words.forms import PublicAnswerForm
from catalog.reviews.selectors import (
    reviews_of_household,
    reviews_of_listing,
    reviews_received,
    summary_of,
    with_pictures,
)
from catalog.reviews.services import answer_review
from catalog.selectors import published_listings
from core.errors import DomainError
from core.forms import show_refusal
from core.paging import page_of
from households.access import acting_for, public_storefront
from households.models import Household, Scope

PER_PAGE = 10


@require_safe
def list_reviews_of_listing(request: HttpRequest, pk: int) -> HttpResponse:
    """All reviews of one listing on sale."""
    listing = get_object_or_404(published_listings().select_related("household"), pk=pk)
    reviews = reviews_of_listing(listing.pk)
    page = page_of(request, reviews, per_page=PER_PAGE)
    context = {"listing": listing, "page_obj": page, "reviews": with_pictures(page), "summary": summary_of(reviews)}
    return render(request, "reviews/of_listing.html", context)


@require_safe
def list_reviews_of_household(request: HttpRequest, code: str) -> HttpResponse:
    """All reviews of what one household sells and sold."""
    household = get_object_or_404(Household.objects.filter(public_storefront()), code=code)
    reviews = reviews_of_household(household)
    page = page_of(request, reviews, per_page=PER_PAGE)
    context = {
        "household": household,
        "storefront": storefront_url(household.slug, household.code),
        "page_obj": page,
        "reviews": with_pictures(page),
        "summary": summary_of(reviews),
    }
    return render(request, "reviews/of_household.html", context)


@signed_in
@require_safe
def list_received(request: HttpRequest) -> HttpResponse:
    """Reviews of the household's goods, for whoever may answer them."""
    page = page_of(request, reviews_received(user_of(request), timezone.now()), per_page=PER_PAGE)
    return render(request, "reviews/received.html", {"page_obj": page, "reviews": with_pictures(page)})


@signed_in
@require_http_methods(["GET", "POST"])
def write_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The household's answer to one review. 404 for whoever may not answer it."""
    now, user = timezone.now(), user_of(request)
    review = reviews_received(user, now).filter(pk=pk).first()
    if review is None:
        raise Http404
    form = PublicAnswerForm(request.POST or None, initial={"text": review.answer})
    if request.method == "POST" and form.is_valid():
        try:
            acting = acting_for(user, review.listing.household, Scope.ORDERS, now)
            answer_review(acting=acting, review=review, text=form.cleaned_data["text"], now=now)
            messages.success(request, _("Your answer stands below the review."))
            return redirect("reviews:received")
        except DomainError as refusal:
            show_refusal(form, refusal)
    context = {"form": form, "shown": with_pictures([review])[0], "household": review.listing.household}
    return render(request, "reviews/answer.html", context, status=422 if request.method == "POST" else 200)
