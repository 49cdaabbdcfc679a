"""What buyers said and asked, as product page and storefront show it: the latest few, and how many there are."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.models import ListingQuestion
from catalog.questions.selectors import answered_questions
from catalog.reviews.selectors import (
    ReviewSummary,
    ShownReview,
    reviews_of_household,
    reviews_of_listing,
    summary_of,
    with_pictures,
)
from households.models import Household

MAX_REVIEWS_SHOWN = 3
MAX_QUESTIONS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Voices:
    """``more_questions``: there are more than ``questions``."""

    summary: ReviewSummary
    reviews: list[ShownReview]
    questions: list[ListingQuestion]
    more_questions: bool


def voices_of_listing(listing_id: int) -> Voices:
    """Two queries, or four where there is a review with photos."""
    reviews = reviews_of_listing(listing_id)
    summary = summary_of(reviews)
    latest = with_pictures(reviews[:MAX_REVIEWS_SHOWN]) if summary.count else []
    questions = list(answered_questions(listing_id)[: MAX_QUESTIONS_SHOWN + 1])
    return Voices(summary, latest, questions[:MAX_QUESTIONS_SHOWN], len(questions) > MAX_QUESTIONS_SHOWN)


def voices_of_household(household: Household) -> Voices:
    """One query, or three where there is a review. Questions stand with their listings."""
    reviews = reviews_of_household(household)
    summary = summary_of(reviews)
    return Voices(summary, with_pictures(reviews[:MAX_REVIEWS_SHOWN]) if summary.count else [], [], False)
