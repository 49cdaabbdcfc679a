"""What a page says to machines: schema.org in JSON, and addresses with the site's own name."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from catalog.cards import storefront_url
from catalog.storefront.product_page import ProductPage
from households.models import Household

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
            "@id": f"{absolute(page.card.url)}#offer",
            "itemCondition": "https://schema.org/NewCondition",
            "url": absolute(page.card.url),
            "price": page.card.price,
            "priceCurrency": "VND",
            "availability": f"https://schema.org/{state}",
            "seller": {
                "@type": "Organization",
                "name": seller.name,
                "url": absolute(page.card.household_url),
                "address": place,
            },
        },
    }


def breadcrumbs(page: ProductPage) -> dict[str, Any]:
    """schema.org/BreadcrumbList from the first page down to the listing."""
    kinds = [
        (kind.local_name, reverse("catalogue:category", kwargs={"category_slug": kind.slug, "pk": kind.pk}))
        for kind in page.branch
    ]
    return crumb_list([*kinds, (page.card.title, page.card.url)])


def crumb_list(steps: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The first page, then each step's name and path."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": absolute(path)}
            for place, (name, path) in enumerate([("Chợ Nhà Nông", "/"), *steps], start=1)
        ],
    }


def organization(household: Household) -> dict[str, Any]:
    """schema.org/Organization of a storefront."""
    return {
        "@type": "Organization",
        "name": household.name,
        "url": absolute(storefront_url(household.slug, household.code)),
        "description": household.story,
        "address": {
            "@type": "PostalAddress",
            "addressLocality": f"{household.village_name}, {household.commune.name}",
            "addressRegion": household.commune.province.name,
            "addressCountry": "VN",
        },
    }
