"""The stylesheet keeps what docs/design.md promises: readable colours and little weight."""

import re

import pytest
from django.conf import settings

STYLES = (settings.ROOT / "static" / "css" / "site.css").read_text(encoding="utf-8")
COLOURS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", STYLES))
TEXT_ON_GROUND = [
    ("ink", "com"), ("ink-soft", "com"), ("ink-soft", "paper"), ("leaf", "com"), ("leaf", "leaf-soft"),
    ("ink", "turmeric"), ("ink", "turmeric-soft"), ("brick", "com"), ("brick", "brick-soft"), ("indigo", "indigo-soft"),
    ("ink", "line"), ("turmeric", "leaf"), ("paper", "leaf"),
]  # fmt: skip
MIN_CONTRAST = 4.5  # WCAG 2.2, level AA


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_can_be_read_on_its_ground(text, ground):
    lighter, darker = sorted((luminance(COLOURS[text]), luminance(COLOURS[ground])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= MIN_CONTRAST


def test_every_colour_is_a_token():
    rules = STYLES.split("/* Ground", 1)[1].split("/* Paper", 1)[0]
    loose = set(re.findall(r"#[0-9a-f]{3,6}\b", rules)) - {"#fff"}
    assert loose <= {"#d99a0b", "#b98400", "#8a5d00"}, "shades of turmeric: the weave, the edge of a badge, stars"
