"""What most of the shop's tests stand on: a tariff and two listings of two households."""

from __future__ import annotations

import pytest

from catalog.models import Product
from households.places.index import forget_places
from tests.factories.orders import make_listing, make_tariff


@pytest.fixture(autouse=True)
def _places_read_anew():
    forget_places()
    yield
    forget_places()


@pytest.fixture
def tea(cast, now) -> Product:
    """Ten kilograms at 120.000 đ, of the household in Thái Nguyên."""
    make_tariff(now)
    return make_listing(cast.household)


@pytest.fixture
def honey(cast) -> Product:
    """Five jars at 200.000 đ, of the other household, in Bắc Ninh."""
    return make_listing(cast.other_household, "Mật ong vải", price=200_000, stock=5, sale_unit="jar", pack_weight_g=900)
