"""What is kept is made by one while the others are served, and a making that fails loses nothing."""

from __future__ import annotations

import threading

import pytest

from core import kept
from core.kept import Kept


@pytest.fixture
def clock(monkeypatch) -> list[float]:
    seconds = [0.0]
    monkeypatch.setattr(kept, "clock", lambda: seconds[0])
    return seconds


@pytest.fixture(autouse=True)
def _no_database(monkeypatch):
    monkeypatch.setattr(kept.connections, "close_all", lambda: None)


def background() -> None:
    """Waits for what is being made anew."""
    for thread in threading.enumerate():
        if thread.name == "kept":
            thread.join()


def in_threads(count: int, ask) -> list:
    answers: list = []
    threads = [threading.Thread(target=lambda: answers.append(ask())) for _number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_eight_first_callers_make_it_once(clock):
    made = []
    together = threading.Barrier(8)
    places = Kept(lambda: made.append("made") or len(made), seconds=60)

    def ask() -> int:
        together.wait()
        return places.get()

    assert in_threads(8, ask) == [1] * 8


def test_the_old_value_serves_while_one_makes_the_new(clock):
    going, goes_on = threading.Event(), threading.Event()
    made = iter(("old", "new"))

    def make() -> str:
        value = next(made)
        if value == "new":
            going.set()
            goes_on.wait()
        return value

    places = Kept(make, seconds=60)
    assert places.get() == "old"
    clock[0] = 59.9
    assert places.get() == "old"
    assert not going.is_set()
    clock[0] = 60
    assert in_threads(8, places.get) == ["old"] * 8
    going.wait()
    assert places.get() == "old"
    goes_on.set()
    background()
    assert (places.get(), places.edition().number) == ("new", 2)


def test_a_making_that_fails_is_logged_and_tried_again_later(clock, caplog):
    answers = iter([1, ValueError("away"), 3])

    def make() -> int:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    places = Kept(make, seconds=60)
    seen = []
    for clock[0] in (0, 60, 61, 120):
        seen.append(places.get())
        background()
    assert (seen, places.get()) == ([1, 1, 1, 1], 3)
    assert "away" in caplog.text


def test_what_comes_from_an_unchanged_source_is_the_same_edition(clock):
    state = ["monday"]
    words = Kept(object, seconds=60, source=lambda: state[0])
    first = words.edition()
    for clock[0], said, number in ((60, "monday", 1), (120, "tuesday", 2)):
        state[0] = said
        words.get()
        background()
        assert words.edition().number == number
        assert (words.get() is first.value) == (number == 1)


def test_what_this_process_changed_is_made_before_the_next_answer(clock):
    made = iter((1, 2))
    places = Kept(lambda: next(made), seconds=60)
    assert places.get() == 1
    places.forget()
    assert places.get() == 2
