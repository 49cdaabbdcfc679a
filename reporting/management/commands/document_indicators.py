"""Write the indicators into docs/indicators.md as they are declared."""

from __future__ import annotations

import textwrap
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from reporting.indicators import INDICATORS
from reporting.indicators.declaration import Indicator

DOCUMENT = settings.ROOT / "docs" / "indicators.md"
HEADING = "## The indicators\n"
WIDTH = 118


def documented(indicator: Indicator) -> str:
    """The section of one version, as Markdown: English, and what it counts in Vietnamese too."""
    with translation.override("vi"):
        vietnamese = {"name": str(indicator.name), "text": str(indicator.text)}
    with translation.override("en"):
        window = "The window is the period, or the last `ACTIVE_WINDOW_DAYS` days before its end if that is longer."
        module = indicator.facts.__module__.replace(".", "/")
        paragraphs = [
            f"Version {indicator.version}, from {indicator.valid_from:%d/%m/%Y}, in {indicator.unit}; declared in "
            f"`{module}.py`. The figure is {indicator.adding}. {window if indicator.looks_back else ''}".rstrip(),
            str(indicator.text),
            f"> {vietnamese['text']}",
            f"Source: {indicator.source}",
        ]
        if indicator.doubts:
            paragraphs.append(f"Counted apart: {indicator.doubts.text}")
        heading = f"### `{indicator.code}` {indicator.name}: {vietnamese['name']}"
    return "\n\n".join([heading, *(_wrapped(paragraph) for paragraph in paragraphs)])


def _wrapped(paragraph: str) -> str:
    quote = "> " if paragraph.startswith("> ") else ""
    return textwrap.fill(paragraph, WIDTH, subsequent_indent=quote, break_on_hyphens=False, break_long_words=False)


def with_indicators(text: str) -> str:
    """The document with everything below its heading of indicators written anew."""
    above, heading, _below = text.partition(HEADING)
    if not heading:
        raise ValueError(f"{DOCUMENT} has no line {HEADING.strip()!r}.")
    sections = [documented(row) for versions in INDICATORS.values() for row in versions]
    return above + heading + "\n" + "\n\n".join(sections) + "\n"


class Command(BaseCommand):
    help = "Write the indicators into docs/indicators.md as they are declared."

    def handle(self, *args: Any, **options: Any) -> None:
        DOCUMENT.write_text(with_indicators(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
        self.stdout.write(f"{DOCUMENT}: {len(INDICATORS)} indicators")
