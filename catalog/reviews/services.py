"""What happens to a review: written and edited by its buyer, answered by the household, hidden by an operator.

Whether somebody bought is known one layer up (``shop.reviewing``), which calls ``record_review``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models import Photo, Product, Review
from catalog.public_words.rules import WordsRefused, require_public_words
from catalog.public_words.services import MAX_MESSAGE_LENGTH, hide_words, show_words_again, write_answer
from catalog.reviews.models import MAX_STARS
from catalog.tasks import discard
from core import audit
from core.errors import DomainError
from core.locks import lock_row
from core.personal_data import mask_name
from core.transactions import in_transaction
from core.work import enqueue
from households.access import Acting
from messaging.services import send_message

MAX_REVIEW_LENGTH = 2_000
MAX_REVIEW_PHOTOS = 4
EDITABLE_FOR = timedelta(days=30)
"""Since it was written: tea is brewed more than once, and a household must know what its answer answers."""


class ReviewClosed(DomainError):
    """It was written too long ago to be changed, or an operator has hidden it."""

    code = "review_closed"


@dataclass(frozen=True, slots=True)
class Bought:
    """What an order says of its buyer: from ``shop.reviewing``."""

    listing: Product
    buyer_phone: str
    buyer_name: str
    received_date: date


@in_transaction
def record_review(
    *, bought: Bought, stars: int, text: str, photos: Sequence[Photo], actor: User | None, now: datetime
) -> Review:
    """Write the buyer's review of the listing, or write it anew. Raises WordsRefused, ReviewClosed."""
    if not 1 <= stars <= MAX_STARS:
        raise WordsRefused(_("Choose from one to five stars."), field="stars")
    words = require_public_words(text, most=MAX_REVIEW_LENGTH)
    fresh = {
        "stars": stars,
        "text": words,
        "shown_name": mask_name(bought.buyer_name)[:60],
        "received_date": bought.received_date,
        "written_at": now,
    }
    made, is_new = Review.objects.get_or_create(listing=bought.listing, buyer_phone=bought.buyer_phone, defaults=fresh)
    review: Review = lock_row(Review.objects.select_related("listing__household"), pk=made.pk)
    before = [review.stars, review.text]
    if not is_new:
        require_editable(review, now)
        if before != [stars, words]:
            review.stars, review.text, review.edited_at = stars, words, now
            review.save(update_fields=["stars", "text", "edited_at"])
    _arrange(review, photos)
    household = review.listing.household
    changes = {"stars": [None if is_new else before[0], stars], "text": ["" if is_new else before[1], words]}
    audit.record(
        action="write_review" if is_new else "edit_review",
        subject=review,
        now=now,
        actor=actor,
        household_code=household.code,
        changes={name: pair for name, pair in changes.items() if pair[0] != pair[1]},
    )
    if is_new:
        with translation.override(settings.LANGUAGE_CODE):
            said = gettext(
                "A buyer gave “%(title)s” %(stars)s of 5 stars. Read it, and answer if you like: %(address)s"
            )
        address = settings.SITE_URL + reverse("reviews:received")
        words_sent = said % {"stars": stars, "title": review.listing.title[:80], "address": address}
        send_message(phone=household.phone, text=words_sent[:MAX_MESSAGE_LENGTH], key=f"review:{review.pk}", now=now)
    return review


def require_editable(review: Review, now: datetime) -> None:
    """Raises ReviewClosed."""
    if review.hidden_at:
        raise ReviewClosed(_("An operator has hidden this review: %(reason)s") % {"reason": review.hidden_reason})
    if now - review.written_at >= EDITABLE_FOR:
        raise ReviewClosed(
            _("A review can be changed for %(days)s days; this one stays as it is.") % {"days": EDITABLE_FOR.days}
        )


def _arrange(review: Review, photos: Sequence[Photo]) -> None:
    """Make these its photos; those that it had before are deleted."""
    wanted = [photo.pk for photo in photos[:MAX_REVIEW_PHOTOS]]
    removed = list(review.photos.exclude(pk__in=wanted).values_list("pk", flat=True))
    Photo.objects.filter(pk__in=removed).update(review=None)
    for key in removed:
        enqueue(discard, key)
    for position, key in enumerate(wanted):
        Photo.objects.filter(pk=key, listing=None, aside_of=None).update(review=review, position=position)


@in_transaction
def answer_review(*, acting: Acting, review: Review, text: str, now: datetime) -> Review:
    """The household's answer below the review; written again, it replaces it. Raises NotAllowed, WordsRefused."""
    row = _locked(review)
    write_answer(row, row.listing.household, acting=acting, text=text, now=now)
    return row


@in_transaction
def hide_review(*, operator: User, review: Review, reason: str, now: datetime) -> Review:
    """Off all pages and out of the average; its buyer reads why. Raises NotAllowed, ReasonMissing."""
    row = _locked(review)
    if hide_words(row, row.listing.household, operator=operator, reason=reason, now=now):
        with translation.override(settings.LANGUAGE_CODE):
            said = gettext("Your review of “%(title)s” is no longer shown. Why: %(reason)s")
        text = said % {"title": row.listing.title[:80], "reason": row.hidden_reason}
        key = f"review-hidden:{row.pk}:{now.isoformat()}"
        send_message(phone=row.buyer_phone, text=text[:MAX_MESSAGE_LENGTH], key=key, now=now)
    return row


@in_transaction
def show_review_again(*, operator: User, review: Review, now: datetime) -> Review:
    """Raises NotAllowed."""
    row = _locked(review)
    show_words_again(row, row.listing.household, operator=operator, now=now)
    return row


def _locked(review: Review) -> Review:
    row: Review = lock_row(Review.objects.select_related("listing__household"), pk=review.pk)
    return row
