"""What most search tests start from."""

from __future__ import annotations

import pytest

from households.access import Acting
from search.asking import current_lexicon, newest
from search.engines.circuit_breaker import circuit_breaker_of
from search.index import passes
from tests.factories.catalog import listing


@pytest.fixture(autouse=True)
def _fresh_circuits():
    """What one test did to an engine is no concern of the next."""
    circuit_breaker_of.cache_clear()
    current_lexicon.forget()
    newest.forget()
    yield
    circuit_breaker_of.cache_clear()
    current_lexicon.forget()
    newest.forget()


@pytest.fixture
def acting(cast):
    return Acting(cast.head, cast.household)


@pytest.fixture
def tea(acting, now):
    return listing(acting, now)


@pytest.fixture
def indexed(tea, now):
    """An index that holds the tea."""
    passes.rebuild(engine="tantivy", now=now)
    return tea
