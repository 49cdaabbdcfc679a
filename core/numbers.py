"""Whole numbers that people and addresses write."""

from __future__ import annotations

MAX_DIGITS = 18
"""Of what the largest column holds; more digits name nothing, and int() refuses some thousands of them."""


def whole_number(text: str) -> int | None:
    """The number that "120" says: digits 0 to 9 alone, at most MAX_DIGITS. None for anything else, such as "²"."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS else None
