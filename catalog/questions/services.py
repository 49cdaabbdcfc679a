"""Asking a household in public, and its answer. Both are exchanges of information in the programme's figures."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models import ListingQuestion, Product
from catalog.public_words.rules import WordsRefused, require_public_words
from catalog.public_words.services import MAX_MESSAGE_LENGTH, hide_words, show_words_again, write_answer
from catalog.selectors import published_listings
from core import audit
from core.errors import DomainError
from core.locks import lock_row
from core.personal_data import mask_name
from core.transactions import in_transaction
from households.access import Acting, NotAllowed, is_party, own_households
from households.models import Act
from households.services import record_act
from messaging.services import send_message

MAX_QUESTION_LENGTH = 500
MIN_QUESTION_LENGTH = 10
MAX_WAITING_QUESTIONS = 3
"""Of one person about one listing, without an answer."""


class TooManyQuestions(DomainError):
    code = "too_many_questions"
    field = "text"


@in_transaction
def ask_question(*, listing: Product, asker: User, text: str, now: datetime) -> ListingQuestion:
    """Ask about a listing on sale; the same words again are the same question.

    The households of ``asker`` exchange information by it. Raises NotAllowed for the household itself and its team,
    WordsRefused, TooManyQuestions.
    """
    row = lock_row(Product.objects.select_related("household"), pk=listing.pk)
    if not published_listings().filter(pk=row.pk).exists():
        raise NotAllowed(_("This product is not on sale any more."))
    if is_party({asker.phone}, row.household, now):
        raise NotAllowed(_("You sell this product or help to sell it: write what buyers should know into the listing."))
    words = require_public_words(text, most=MAX_QUESTION_LENGTH)
    if len(words) < MIN_QUESTION_LENGTH:
        raise WordsRefused(_("Write the question in a whole sentence."))
    before = ListingQuestion.objects.filter(listing=row, asker=asker)
    twin: ListingQuestion | None = before.filter(text=words).first()
    if twin:
        return twin
    if before.filter(answered_at=None, hidden_at=None).count() >= MAX_WAITING_QUESTIONS:
        raise TooManyQuestions(
            _("%(most)s of your questions about this product wait for an answer. Wait for it, then ask on.")
            % {"most": MAX_WAITING_QUESTIONS}
        )
    question: ListingQuestion = ListingQuestion.objects.create(
        listing=row, asker=asker, shown_name=mask_name(asker.full_name)[:60], text=words, asked_at=now
    )
    audit.record(
        action="ask_question",
        subject=question,
        now=now,
        actor=asker,
        household_code=row.household.code,
        changes={"text": ["", words]},
    )
    for own in own_households(asker, now).filter(opened_at__isnull=False, closed_at__isnull=True):
        record_act(
            household=own,
            kind=Act.Kind.EXCHANGE,
            happened_at=now,
            key=f"asked:{question.pk}:{own.pk}",
            now=now,
            actor=asker,
        )
    address = settings.SITE_URL + reverse("questions:waiting")
    with translation.override(settings.LANGUAGE_CODE):
        said = gettext("A buyer asks about “%(title)s”: %(text)s Answer at %(address)s")
    _tell(
        row.household.phone, said, {"title": row.title, "text": words, "address": address}, f"asked:{question.pk}", now
    )
    return question


@in_transaction
def answer_question(*, acting: Acting, question: ListingQuestion, text: str, now: datetime) -> ListingQuestion:
    """Answer in public; the first answer is an exchange, and the asker is told. Raises NotAllowed, WordsRefused."""
    row = _locked(question)
    household = row.listing.household
    if row.hidden_at:
        raise NotAllowed(_("An operator has hidden this question; nobody would read the answer."))
    if write_answer(row, household, acting=acting, text=text, now=now):
        record_act(
            household=household,
            kind=Act.Kind.EXCHANGE,
            happened_at=now,
            key=f"answered:{row.pk}",
            now=now,
            actor=acting.user,
            team=acting.team,
        )
        address = settings.SITE_URL + row.listing.get_absolute_url()
        with translation.override(settings.LANGUAGE_CODE):
            said = gettext("%(household)s has answered your question about “%(title)s”: %(text)s %(address)s")
        words = {"household": household.name, "title": row.listing.title, "text": row.answer, "address": address}
        _tell(row.asker.phone, said, words, f"answered:{row.pk}", now)
    return row


@in_transaction
def hide_question(*, operator: User, question: ListingQuestion, reason: str, now: datetime) -> ListingQuestion:
    """Off all pages, its answer too; its asker reads why. Raises NotAllowed, ReasonMissing."""
    row = _locked(question)
    if hide_words(row, row.listing.household, operator=operator, reason=reason, now=now):
        with translation.override(settings.LANGUAGE_CODE):
            said = gettext("Your question about “%(title)s” is no longer shown. Why: %(reason)s")
        words = {"title": row.listing.title, "reason": row.hidden_reason}
        _tell(row.asker.phone, said, words, f"question-hidden:{row.pk}:{now.isoformat()}", now)
    return row


@in_transaction
def show_question_again(*, operator: User, question: ListingQuestion, now: datetime) -> ListingQuestion:
    """Raises NotAllowed."""
    row = _locked(question)
    show_words_again(row, row.listing.household, operator=operator, now=now)
    return row


def _locked(question: ListingQuestion) -> ListingQuestion:
    row: ListingQuestion = lock_row(
        ListingQuestion.objects.select_related("listing__household", "asker"), pk=question.pk
    )
    return row


def _tell(phone: str, said: str, words: dict[str, str], key: str, now: datetime) -> None:
    """One message; long words are cut so that the address at its end stays whole."""
    room = MAX_MESSAGE_LENGTH - len(said) - sum(len(word) for name, word in words.items() if name != "text")
    text = words.get("text", "")
    shortened = words | {"text": text if len(text) <= room else f"{text[: max(room - 1, 0)]}…"}
    send_message(phone=phone, text=(said % shortened)[:MAX_MESSAGE_LENGTH], key=key, now=now)
