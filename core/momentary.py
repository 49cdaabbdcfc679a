"""A page that shows what holds only for a moment, such as the answer of a stand-by, is kept by no cache of pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_marks: ContextVar[list[str] | None] = ContextVar("marks", default=None)


def mark_momentary(why: str) -> None:
    """What is being answered is right now and not in a minute; without effect where no page is being made."""
    marks = _marks.get()
    if marks is not None:
        marks.append(why)


@contextmanager
def watch_for_momentary() -> Iterator[list[str]]:
    """Gives the reasons that were marked inside."""
    marks: list[str] = []
    before = _marks.set(marks)
    try:
        yield marks
    finally:
        _marks.reset(before)
