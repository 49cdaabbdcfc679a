"""What most search tests start from."""

from __future__ import annotations

import pytest

from households.access import Acting
from search.asking import knowledge, newest
from search.engines.circuit import circuit_of
from search.index import indexing
from tests.factories.catalog import listing


@pytest.fixture(autouse=True)
def _fresh_circuits():
    """What one test did to an engine is no concern of the next."""
    circuit_of.cache_clear()
    knowledge.forget()
    newest.forget()
    yield
    circuit_of.cache_clear()
    knowledge.forget()
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
    indexing.rebuild(engine="tantivy", now=now)
    return tea
