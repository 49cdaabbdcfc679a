"""What a page says to machines: schema.org in JSON, and addresses with the site's own name."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from catalog.storefront.product_page import ProductPage

_CLOSING_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def absolute(path: str) -> str:
    """An address that is right outside the site; one that is absolute already stays."""
    return urljoin(settings.SITE_URL, path)


def as_script(data: dict[str, Any]) -> SafeString:
    """JSON that cannot end the script element it stands in."""
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False)
    return mark_safe(text.translate(_CLOSING_SCRIPT))  # noqa: S308 - every <, > and & is escaped


def product_data(page: ProductPage) -> dict[str, Any]:
    """schema.org/Product with its one offer."""
    seller = page.product.household
    place = f"{seller.commune.name}, {seller.commune.province.name}"
    state = "InStock" if page.available else "OutOfStock"
    return {
        "@type": "Product",
        "name": page.card.title,
        "description": page.product.description,
        "image": [absolute(picture["src"]) for picture in page.pictures],
        "sku": str(page.product.pk),
        "category": " > ".join(category.local_name for category in page.branch),
        "countryOfOrigin": "VN",
        "offers": {
            "@type": "Offer",
            "url": absolute(page.card.url),
            "price": page.card.price,
            "priceCurrency": "VND",
            "availability": f"https://schema.org/{state}",
            "seller": {"@type": "Organization", "name": seller.name, "address": place},
        },
    }
