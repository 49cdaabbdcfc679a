"""Only an engine's own time is measured, and all requests of a page share one patience."""

from __future__ import annotations

import time

import pytest

from search.engines.elasticsearch_client import page_client
from search.engines.port import SearchUnavailable
from search.engines.time_budget import TIME_BUDGET_SECONDS, TimeBudget, shared_time_budget
from tests.search.false_servers import false_server


def test_what_we_do_ourselves_is_not_taken_for_an_engine_that_does_not_answer():
    """A query that takes long to read says nothing about the engine that has not been asked yet."""
    with false_server("empty") as address, shared_time_budget():
        time.sleep(TIME_BUDGET_SECONDS + 0.1)
        assert page_client(address).info() == {}


def test_requests_of_one_page_share_its_patience():
    patience = TimeBudget(0.3)
    assert patience.wait_for(lambda: time.sleep(0.2) or "first") == "first"
    time.sleep(0.2)  # our own time is not counted
    assert patience.wait_for(lambda: "second") == "second"
    begun = time.monotonic()
    with pytest.raises(SearchUnavailable):
        patience.wait_for(lambda: time.sleep(0.25))
    assert time.monotonic() - begun < 0.2
