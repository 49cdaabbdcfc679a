"""The text in which a team looks for its households: names without tones."""

from __future__ import annotations

from core.text import fold

MAX_LENGTH = 250


def search_text(name: str, head_name: str) -> str:
    """What ``Household.search_text`` holds; whoever writes households in bulk fills it with this."""
    return " ".join(fold(f"{name} {head_name}").split())[:MAX_LENGTH]
