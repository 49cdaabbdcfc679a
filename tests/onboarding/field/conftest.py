"""A volunteer's enrolled phone, and acts as the app writes them."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.models import Category
from core.keys import new_key
from onboarding.services import load_consent_texts
from tests.factories.catalog import category as make_category
from tests.onboarding.field.phone import FieldPhone


@pytest.fixture
def phone(cast, standing_clock) -> FieldPhone:
    load_consent_texts()
    return FieldPhone(cast.volunteer, standing_clock).enrol()


@pytest.fixture
def category(db) -> Category:
    return make_category()


@pytest.fixture
def opened(phone, cast) -> dict[str, Any]:
    """The act that opens a case for a household that nobody registered."""
    return phone.act(
        "open_case",
        household=str(new_key(phone.now)),
        team=cast.team.pk,
        phone="0978 123 456",
        head_name="Ma Thị Thu",
        village_name="Xóm Hồng Thái",
        storefront_name="Chè nhà Thu",
    )


@pytest.fixture
def drafted(phone, cast, category) -> dict[str, Any]:
    """A draft for the cast's household, whose mandate holds."""
    return phone.act(
        "draft_listing",
        household=cast.household.code,
        listing=str(new_key(phone.now)),
        price=250_000,
        stock=20,
        fields={"title": "Chè Tân Cương", "category_id": category.pk, "description": "Hái tay."},
    )
