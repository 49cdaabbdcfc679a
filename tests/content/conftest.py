"""The site as shipped, and listings to show on it."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.core.cache import cache

from catalog.models import Product
from content.models import HomePage
from content.services import build_site
from households.access import Acting, Scope, acting_for
from tests.factories.catalog import listing


@pytest.fixture
def home(cast, now) -> HomePage:
    cache.clear()  # Wagtail remembers where the site stands
    build_site(now=now)
    return HomePage.objects.get()


@pytest.fixture
def acting(cast, now) -> Acting:
    return acting_for(cast.head, cast.household, Scope.LISTING, now)


@pytest.fixture
def other_acting(cast, now) -> Acting:
    return acting_for(cast.other_head, cast.other_household, Scope.LISTING, now)


@pytest.fixture
def tea(acting, now) -> Product:
    return listing(acting, now, title="Chè Tân Cương", harvest_months=tuple(range(1, 13)))


@pytest.fixture
def add_listings(acting):
    def add(count: int, now: datetime) -> list[Product]:
        return [
            listing(acting, now, title=f"Chè lứa {number}", harvest_months=tuple(range(1, 13)))
            for number in range(count)
        ]

    return add
