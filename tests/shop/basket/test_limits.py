"""How much a basket holds, at both sides of each limit."""

from __future__ import annotations

import pytest
from oscar.apps.basket.models import Basket, Line

from catalog.offer.models import StockRecord
from shop.basket.contents import basket_contents
from shop.basket.forms import QuantityForm
from shop.basket.services import MAX_LINES, MAX_QUANTITY, CannotAdd, add_to_basket, set_quantity, settle_problems
from tests.factories.orders import make_listing


@pytest.fixture
def plenty(tea):
    StockRecord.objects.update(num_in_stock=MAX_QUANTITY * 2)
    return tea


@pytest.fixture
def basket(db) -> Basket:
    return Basket.objects.create()


@pytest.fixture
def full(basket, cast) -> Basket:
    """A basket of as many different goods as it holds."""
    for number in range(MAX_LINES):
        add_to_basket(basket=basket, product_id=make_listing(cast.household, f"Món {number}").pk)
    return basket


def test_the_limits_are_what_the_texts_say():
    assert (MAX_QUANTITY, MAX_LINES) == (9_999, 50)


def test_the_most_of_one_listing_can_be_wanted(basket, plenty):
    assert add_to_basket(basket=basket, product_id=plenty.pk, quantity=MAX_QUANTITY).quantity == MAX_QUANTITY


@pytest.mark.parametrize("quantity", [MAX_QUANTITY + 1, 0, -1])
def test_what_is_outside_the_limit_is_refused_although_there_is_enough(basket, plenty, quantity):
    with pytest.raises(CannotAdd):
        add_to_basket(basket=basket, product_id=plenty.pk, quantity=quantity)
    assert not Line.objects.exists()


def test_adding_in_two_steps_does_not_pass_the_limit(basket, plenty):
    add_to_basket(basket=basket, product_id=plenty.pk, quantity=MAX_QUANTITY)
    with pytest.raises(CannotAdd):
        add_to_basket(basket=basket, product_id=plenty.pk, quantity=1)
    assert Line.objects.get().quantity == MAX_QUANTITY


def test_changing_a_quantity_keeps_the_limit(basket, plenty):
    add_to_basket(basket=basket, product_id=plenty.pk)
    assert set_quantity(basket=basket, product_id=plenty.pk, quantity=MAX_QUANTITY)
    with pytest.raises(CannotAdd):
        set_quantity(basket=basket, product_id=plenty.pk, quantity=MAX_QUANTITY + 1)


@pytest.mark.parametrize(("quantity", "is_valid"), [(0, True), (MAX_QUANTITY, True), (MAX_QUANTITY + 1, False)])
def test_the_form_has_the_limit_of_the_service(quantity, is_valid):
    assert QuantityForm({"quantity": str(quantity)}).is_valid() == is_valid


def test_a_full_basket_takes_no_further_listing(full, cast):
    assert full.lines.count() == MAX_LINES
    with pytest.raises(CannotAdd):
        add_to_basket(basket=full, product_id=make_listing(cast.household, "Một món nữa").pk)
    assert full.lines.count() == MAX_LINES


def test_a_full_basket_still_takes_more_of_what_is_in_it(full):
    product_id = full.lines.first().product_id
    assert add_to_basket(basket=full, product_id=product_id).quantity == 2


def test_a_basket_that_was_ordered_since_the_request_began_takes_nothing(basket, plenty):
    """The request read the basket while it was open; the other tab has ordered it since."""
    add_to_basket(basket=basket, product_id=plenty.pk)
    stale = Basket.objects.get(pk=basket.pk)
    Basket.objects.filter(pk=basket.pk).update(status=Basket.SUBMITTED)
    with pytest.raises(CannotAdd):
        add_to_basket(basket=stale, product_id=plenty.pk)
    assert set_quantity(basket=stale, product_id=plenty.pk, quantity=0) is None
    assert set_quantity(basket=stale, product_id=plenty.pk, quantity=7) is None
    StockRecord.objects.update(num_in_stock=0)
    settle_problems(basket=stale, contents=basket_contents(stale))
    assert Line.objects.get().quantity == 1
