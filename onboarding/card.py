"""The QR picture on a household's card."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_svg(address: str) -> SafeString:
    """An SVG to stand inside a page; readable with a quarter of it torn off."""
    svg = segno.make(address, error="q", micro=False).svg_inline(omitsize=True, border=2, svgclass="qr", lineclass=None)
    return mark_safe(svg)  # noqa: S308  segno writes numbers and our class name only
