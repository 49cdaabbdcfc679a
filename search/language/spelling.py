"""Word lists in settled spelling, so that a list in the code may be written as people write; and what typed words may
stand for when their tones are missing."""

from __future__ import annotations

from collections.abc import Container

from core.text import fold, settle_tones, settle_yi


def settled_words(text: str) -> tuple[str, ...]:
    return tuple(settle_yi(settle_tones(text)).lower().split())


def word_set(listed: str) -> frozenset[str]:
    return frozenset(settled_words(listed))


def phrase_set(listed: str) -> frozenset[tuple[str, ...]]:
    """Phrases parted by commas."""
    return frozenset(settled_words(phrase) for phrase in listed.split(",") if phrase.strip())


def bare_words(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fold(word) for word in words)


def agrees(typed: tuple[str, ...], said: tuple[str, ...], literal: Container[str] = ()) -> bool:
    """A toned typed word must be the said word; a bare one may stand for it, unless it is in ``literal``."""
    pairs = zip(typed, said, strict=True)
    return all(one == other or (one == fold(other) and one not in literal) for one, other in pairs)
