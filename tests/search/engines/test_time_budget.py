"""Only an engine's own time is measured, and all requests of a page share one budget. The clock stands in the test."""

from __future__ import annotations

import threading

import pytest

from search.engines.elasticsearch_client import page_client
from search.engines.port import SearchUnavailable
from search.engines.time_budget import TimeBudget, shared_time_budget
from tests.search.false_servers import false_server

LONG = 60.0


class Clock:
    """Seconds that pass only when they are told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now

    def after(self, seconds: float, answer: str = "") -> str:
        self.now += seconds
        return answer


def test_what_we_do_ourselves_is_not_taken_for_an_engine_that_does_not_answer():
    """A query that takes long to read says nothing about the engine that has not been asked yet."""
    clock = Clock()
    with false_server("empty") as address, shared_time_budget(LONG, clock):
        clock.after(10 * LONG)
        assert page_client(address).info() == {}


def test_requests_of_one_page_share_its_budget():
    clock, never = Clock(), threading.Event()
    budget = TimeBudget(LONG, clock)
    assert budget.wait_for(lambda: clock.after(40, "first")) == "first"
    clock.after(10 * LONG)  # our own time is not counted
    assert budget.wait_for(lambda: clock.after(10, "second")) == "second"
    assert budget.left == 10
    assert budget.wait_for(lambda: clock.after(30, "third")) == "third"
    with pytest.raises(SearchUnavailable):
        budget.wait_for(lambda: never.wait(LONG))
    never.set()
