"""How heavy pages for everybody are over the wire, for a phone on 3G: all but photos, whose number is counted."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from catalog.cards import product_url, storefront_url
from catalog.models import Category
from content.services import build_site
from households.access import Scope, acting_for
from search.asking import current_lexicon
from search.engines.circuit_breaker import circuit_breaker_of
from search.index import passes
from tests.factories.catalog import listing

MAX_FIRST_PAGE = 60_000
"""Bytes of the page, styles, scripts and drawings; of the 100 KB of a first page 40 are left for two photos at once."""
MAX_LATER_PAGE = 16_000
MAX_PHOTOS_AT_ONCE = 2
STATIC = re.compile(r'(?:href|src)="/static/([^"#]+)')
LISTINGS = 24


@pytest.fixture
def pages(cast, now) -> dict[str, str]:
    current_lexicon.forget()
    circuit_breaker_of.cache_clear()
    build_site(now=now)
    acting = acting_for(cast.head, cast.household, Scope.LISTING, now)
    goods = [listing(acting, now, title=f"Chè Tân Cương số {number}") for number in range(LISTINGS)]
    passes.rebuild(engine="tantivy", now=now)
    branch, tea = Category.objects.get(), goods[0]
    return {
        "home": "/",
        "product": product_url(tea.slug, tea.pk),
        "storefront": storefront_url(cast.household.slug, cast.household.code),
        "category": reverse("catalogue:category", kwargs={"category_slug": branch.slug, "pk": branch.pk}),
        "search": "/tim/?q=ch%C3%A8",
    }


def packed(name: str) -> int:
    found = finders.find(name)
    assert found, name
    content = Path(found).read_bytes()
    return min(len(content), len(gzip.compress(content, 6)))


def test_pages_keep_to_their_budgets(pages):
    weights = {}
    for name, path in pages.items():
        answer = Client().get(path, headers={"Accept-Encoding": "gzip"})
        assert (answer.status_code, answer["Content-Encoding"]) == (200, "gzip")
        html = gzip.decompress(answer.content).decode()
        parts = sum(packed(part) for part in set(STATIC.findall(html)))
        photos = html.count('src="/media/') - html.count('loading="lazy"')
        weights[name] = (len(answer.content), len(answer.content) + parts, photos)
    too_heavy = {
        name: weight
        for name, weight in weights.items()
        if weight[0] > MAX_LATER_PAGE or weight[1] > MAX_FIRST_PAGE or weight[2] > MAX_PHOTOS_AT_ONCE
    }
    assert not too_heavy, f"bytes of the page, with all but photos, photos at once: {too_heavy}"
    assert max(first for _later, first, _photos in weights.values()) > 5_000  # something was weighed
