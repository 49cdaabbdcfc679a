"""Word lists in settled spelling, so that a list in the code may be written as people write."""

from __future__ import annotations

from core.text import settle_tones, settle_yi


def settled_words(text: str) -> tuple[str, ...]:
    return tuple(settle_yi(settle_tones(text)).lower().split())


def word_set(listed: str) -> frozenset[str]:
    return frozenset(settled_words(listed))


def phrase_set(listed: str) -> frozenset[tuple[str, ...]]:
    """Phrases parted by commas."""
    return frozenset(settled_words(phrase) for phrase in listed.split(",") if phrase.strip())
