"""What every test gets: a cast of people, a fixed now, a clean search index and media folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.core.cache import cache
from django.utils import translation

from content.trust_links import keep_trust_links
from core.periods import VIETNAM
from households.places.index import forget_places
from messaging.senders import MemorySender
from tests.cast import Cast, assemble

#: The instant at which each test begins; from there its clock ticks. docs/testing.md says which others are tried.
CLOCK = datetime.fromisoformat(os.environ.get("TEST_CLOCK") or "2026-10-14T09:00:00+07:00")


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    """Each test begins at the same instant, so that none passes or fails by the day and hour at which it runs."""
    with time_machine.travel(CLOCK, tick=True):
        yield


@pytest.fixture
def standing_clock() -> Iterator[datetime]:
    """The clock stands still: for a test in which a second, an hour or a day that ends would make a difference."""
    with time_machine.travel(CLOCK, tick=False):
        yield CLOCK


@pytest.fixture
def now() -> datetime:
    """A Wednesday morning of the tea season."""
    return datetime(2026, 10, 14, 9, 0, tzinfo=VIETNAM)


@pytest.fixture
def cast(db, now) -> Cast:
    return assemble(now)


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.SEARCH_FOLDER = tmp_path / "search"


@pytest.fixture(autouse=True)
def _rate_limits_forgotten():
    """And every page knows which pages its footer names: tests count the queries of pages, not of the first page."""
    cache.clear()
    keep_trust_links([])


@pytest.fixture(autouse=True)
def sent():
    """What left by message during the test, as (phone, text, key)."""
    MemorySender.sent.clear()
    return MemorySender.sent


@pytest.fixture(autouse=True)
def _places_of_this_test_only():
    forget_places()


@pytest.fixture(autouse=True)
def _nothing_kept_ages_in_a_test(monkeypatch):
    """A thread that looked at the database of a test would cost a counted page queries, or hold up its rows."""
    monkeypatch.setattr("core.kept.clock", lambda: 0.0)


@pytest.fixture(autouse=True)
def _language():
    """A page read in English leaves its language behind in the thread; each test starts in the site's own."""
    translation.deactivate()
