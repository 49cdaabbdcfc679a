"""The buyer's side of reviews: behind the signed link of an order, for guests and for who is signed in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.guards import user_of
from accounts.models import User
from catalog.models import Photo, Review
from catalog.photos.selectors import usable_review_photos
from catalog.photos.services import keep_photo
from catalog.photos.tray import PhotoTray, collect_photos, sent_keys
from catalog.reviews.services import MAX_REVIEW_PHOTOS, require_editable
from core.attempts import count_attempt
from core.errors import DomainError
from core.forms import show_refusal
from shop.order.access import orders_of_link
from shop.order.link_pages import explain_ended_link
from shop.order.models import Line, Order
from shop.reviewing.forms import ReviewForm
from shop.reviewing.selectors import reviewables
from shop.reviewing.services import require_reviewer, write_review

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MAX_PHOTOS_PER_HOUR = 20
"""Sent by whoever has the link of an order."""


@explain_ended_link
@require_safe
def show_reviewables(request: HttpRequest, number: str, signature: str) -> HttpResponse:
    """What of the order was delivered, each with the way to its review."""
    now = timezone.now()
    order = get_object_or_404(orders_of_link(number, signature, now))
    rows = reviewables(order, now)
    return render(request, "reviewing/order.html", {"order": order, "signature": signature, "rows": rows})


@explain_ended_link
@require_http_methods(["GET", "POST"])
def review_line(request: HttpRequest, number: str, signature: str, line_pk: int) -> HttpResponse:
    """The form of one review; what is refused stays typed, photos included."""
    now = timezone.now()
    order = get_object_or_404(orders_of_link(number, signature, now))
    lines = Line.objects.exclude(product=None).select_related("product__household", "order__user", "household_order")
    line = get_object_or_404(lines, pk=line_pk, order=order)
    review = Review.objects.filter(listing=line.product, buyer_phone=order.buyer_phone).first()
    actor = user_of(request) if request.user.is_authenticated else None
    try:
        require_reviewer(line=line, actor=actor, now=now)
        if review:
            require_editable(review, now)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("reviewing:order", number=number, signature=signature)
    form = ReviewForm(request.POST or None, initial={"stars": review.stars, "text": review.text} if review else None)
    tray = PhotoTray(list(review.photos.all()) if review else [])
    if request.method == "POST":
        tray = _sent_photos(request, order, review, actor, now)
        if form.is_valid() and not tray.errors:
            try:
                write_review(line=line, photos=tray.photos, actor=actor, now=now, **form.cleaned_data)
                messages.success(request, _("Thank you. Your review stands on the product's page."))
                return redirect("reviewing:order", number=number, signature=signature)
            except DomainError as refusal:
                show_refusal(form, refusal)
    context = {"form": form, "tray": tray, "line": line, "order": order, "signature": signature, "review": review}
    context["most_photos"] = MAX_REVIEW_PHOTOS
    return render(request, "reviewing/write.html", context, status=422 if request.method == "POST" else 200)


def _sent_photos(
    request: HttpRequest, order: Order, review: Review | None, actor: User | None, now: datetime
) -> PhotoTray:
    def keep(upload: UploadedFile[bytes]) -> Photo:
        count_attempt(what="review-photo", whose=order.buyer_phone, most=MAX_PHOTOS_PER_HOUR, seconds=60 * 60, now=now)
        return keep_photo(upload=upload, user=actor, now=now)

    kept = usable_review_photos(sent_keys(request), actor, review)
    return collect_photos(request, kept[:MAX_REVIEW_PHOTOS], most=MAX_REVIEW_PHOTOS, keep=keep)
