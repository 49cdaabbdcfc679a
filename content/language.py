"""Editorial text comes in Vietnamese; English stands beside it where somebody wrote it."""

from __future__ import annotations

from typing import TypeVar

from django.utils.translation import get_language

Text = TypeVar("Text")


def local(vietnamese: Text, english: Text) -> Text:
    """The English version for English readers, unless it is empty."""
    return english if english and (get_language() or "vi").startswith("en") else vietnamese
