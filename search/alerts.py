"""Saved searches: told once for each arrival, at most one message a day for each search."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.core.errors import DomainError
from marketplace.messaging.services import send_message
from search.documents import ListingDocument
from search.finding import Ask, find
from search.language.analysis import Language
from search.language.query import Stage
from search.models import SavedSearch
from search.parameters import TEXT, Parameters
from search.port import SearchEngine, Sort
from search.ranking import Situation

MOST_SAVED = 20
QUIET = timedelta(days=1)


class NothingToSave(DomainError):
    code = "nothing_to_save"


class TooManySaved(DomainError):
    code = "too_many_saved"


def saved_by(user: User | AnonymousUser) -> QuerySet[SavedSearch]:
    return SavedSearch.objects.filter(user_id=user.pk or 0)


def is_saved(*, user: User | AnonymousUser, text: str, choices: dict[str, list[str]]) -> bool:
    return user.is_authenticated and saved_by(user).filter(text=text, choices=choices).exists()


@transaction.atomic
def save_search(*, user: User, text: str, choices: dict[str, list[str]], now: datetime) -> SavedSearch:
    """Keep a search; the same one twice is one. Raises NothingToSave and TooManySaved."""
    if not text and not choices:
        raise NothingToSave(_("Write what you are looking for, or choose something, before you save the search."))
    User.objects.select_for_update().get(pk=user.pk)
    if saved_by(user).count() >= MOST_SAVED:
        raise TooManySaved(_("You have saved as many searches as there is room for. Forget one first."))
    return SavedSearch.objects.get_or_create(
        user=user, text=text, choices=choices, defaults={"created_at": now, "heard_until": now}
    )[0]


def forget_search(*, saved: SavedSearch) -> None:
    saved.delete()


def due_searches(now: datetime) -> QuerySet[SavedSearch]:
    """Searches whose owners have had no message for a while."""
    silent = Q(told_at__isnull=True) | Q(told_at__lte=now - QUIET)
    return SavedSearch.objects.filter(silent).select_related("user").order_by("pk")


def arrivals(saved: SavedSearch, engine: SearchEngine, language: Language, now: datetime) -> list[ListingDocument]:
    """What was published since the owner last heard, newest first; what only resembles the search does not count."""
    found = find(engine, _newest_first(saved, now), language)
    if found.step is None or found.step.stage is Stage.RELAXED:
        return []
    return [listing for listing in found.listings if listing.published_at and listing.published_at > saved.heard_until]


@transaction.atomic
def tell(*, saved: SavedSearch, fresh: Sequence[ListingDocument], now: datetime) -> None:
    """One message for all that arrived."""
    with translation.override(settings.LANGUAGE_CODE):
        send_message(phone=saved.user.phone, text=_words(saved, fresh[0].title, len(fresh)), key=_key(saved), now=now)
    saved.told_at = now
    saved.heard_until = max(listing.published_at for listing in fresh if listing.published_at)
    saved.save(update_fields=["heard_until", "told_at"])


def shown_searches(user: User) -> list[dict[str, Any]]:
    """The person's searches with their addresses; one without words is named by the number of its choices."""
    return [
        {"pk": saved.pk, "address": _parameters(saved).with_text(saved.text), "label": saved.text or _choices_of(saved)}
        for saved in saved_by(user)
    ]


def _choices_of(saved: SavedSearch) -> str:
    count = sum(map(len, saved.choices.values()))
    return ngettext("%(count)s choice without words", "%(count)s choices without words", count) % {"count": count}


def _newest_first(saved: SavedSearch, now: datetime) -> Ask:
    query = _parameters(saved).query.copy()
    query["sort"] = Sort.NEWEST.value
    return Parameters(query, "").ask(Situation(now))


def _parameters(saved: SavedSearch) -> Parameters:
    query = QueryDict(mutable=True)
    query[TEXT] = saved.text
    for name, values in saved.choices.items():
        query.setlist(name, values)
    return Parameters(query, reverse("search:search"))


def _words(saved: SavedSearch, title: str, count: int) -> str:
    known: dict[str, Any] = {"what": saved.text or gettext("your saved search"), "title": title, "count": count}
    known["address"] = settings.SITE_URL + reverse("search:saved")
    return gettext("New on Chợ Nhà Nông for “%(what)s”: %(title)s (%(count)s new). See: %(address)s") % known


def _key(saved: SavedSearch) -> str:
    return f"saved-search:{saved.pk}:{saved.heard_until.isoformat()}"
