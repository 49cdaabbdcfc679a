"""What a browser may load into our pages and do on them: the values of Content-Security-Policy and Permissions-Policy.

Fixed texts, because our pages hold no script and no style of their own, so that none needs a nonce. Django 6 has a
middleware of its own for the same; until then a library would join a dictionary to these two lines.
"""

from __future__ import annotations

from collections.abc import Mapping

EDITOR_PATH = "/noi-dung/"

_EVERYWHERE = {
    "default-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    # The form before a payment is answered by a redirect to Stripe's page, which browsers count as its target.
    "form-action": "'self' https://checkout.stripe.com",
}


def _joined(rules: Mapping[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in rules.items())


# Scripts and styles come from our files alone. "data:" is the picture of a QR code.
SITE = _joined({**_EVERYWHERE, "img-src": "'self' data:", "frame-ancestors": "'none'"})
# Wagtail's editor has scripts and styles inside its pages, shows pictures before they are sent, and shows a page's
# preview in a frame.
EDITOR = _joined(
    {
        **_EVERYWHERE,
        "script-src": "'self' 'unsafe-inline'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "frame-ancestors": "'self'",
    }
)
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


def content_policy(path: str) -> str:
    """The Content-Security-Policy of the page at ``path``."""
    return EDITOR if path.startswith(EDITOR_PATH) else SITE


OPEN_PAGES = frozenset(
    {
        "catalogue:detail",
        "catalogue:category",
        "storefront:household",
        "search:search",
        "wagtail_serve",
    }
)
"""Routes whose pages are the same for all who bring no cookie. Only what is named here is ever kept for others."""

REVALIDATED = "public, no-cache"
"""A cache may keep it and asks us each time: a change, and a visitor with a basket, are seen at once."""

NEVER_CHANGES = "public, max-age=31536000, immutable"
"""For renditions of photos, whose names hold a key of their own: another picture has another name."""
