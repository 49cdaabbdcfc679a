"""Households that answer their orders within a day stand a little higher; the value changes at midnight only."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from core.periods import VIETNAM
from search.engines import registry
from search.index import outbox, passes
from search.index.reliability import ANSWER_WITHIN, LOOK_BACK, NEUTRAL, reliabilities, reliability
from search.index.source import Source
from shop.order.services import answer_household_order, cancel_household_order
from shop.order.taking_back import take_back_answer, take_back_cancellation
from shop.payment.gateways.pretend import pay_pretend_charge
from shop.payment.models import PaymentMethod, PretendCharge
from shop.payment.services import settle, start_payment
from tests.factories.orders import make_tariff, place

TANTIVY = "tantivy"
LATE = ANSWER_WITHIN + timedelta(seconds=1)
NEXT_WEEK = timedelta(days=7)


@pytest.fixture
def ordered(cast, acting, tea, now):
    """Places an order of the tea, answered after a while or never."""
    make_tariff(now)

    def order(after: timedelta | None, *, accept: bool = True, at: datetime = now):
        part = place((tea, 1), commune=cast.commune, now=at).household_orders.get()
        if after is not None:
            answer_household_order(household_order=part, acting=acting, accept=accept, reason="Hết", now=at + after)
        return part

    return order


def shown(tea, now):
    [document] = Source(now).listings(version=1, product_ids=[tea.pk])
    return document.reliability


def test_a_new_household_stands_in_the_middle(tea, now):
    assert shown(tea, now) == NEUTRAL


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([timedelta(hours=1)], reliability(1, 1)),
        ([ANSWER_WITHIN], reliability(1, 1)),
        ([LATE], reliability(1, 0)),
        ([None], reliability(1, 0)),
        ([timedelta(hours=1), LATE, None], reliability(3, 1)),
    ],
)
def test_answers_within_a_day_count_for_it_and_others_against_it(ordered, tea, now, answers, expected):
    for after in answers:
        ordered(after)
    assert shown(tea, now + NEXT_WEEK) == expected


def test_few_orders_move_little_and_many_tell():
    assert [reliability(1, 0), reliability(0, 0), reliability(1, 1)] == [40, 50, 60]
    assert (reliability(100, 100), reliability(100, 0)) == (98, 2)


def test_declining_is_an_answer(ordered, tea, now):
    ordered(timedelta(hours=2), accept=False)
    assert shown(tea, now + NEXT_WEEK) == reliability(1, 1)


def test_a_decline_that_was_taken_back_is_no_answer(ordered, acting, tea, now):
    part = ordered(timedelta(hours=2), accept=False)
    take_back_answer(household_order=part, acting=acting, now=now + timedelta(hours=2, minutes=10))
    assert shown(tea, now + NEXT_WEEK) == reliability(1, 0)


def test_a_cancellation_that_was_taken_back_leaves_the_order_to_be_answered(ordered, tea, now):
    part = ordered(None)
    cancel_household_order(household_order=part, now=now + timedelta(hours=3))
    take_back_cancellation(household_order=part, now=now + timedelta(hours=3))
    assert shown(tea, now + NEXT_WEEK) == reliability(1, 0)


def test_an_order_taken_back_in_time_counts_neither_way_but_one_left_lying_does(ordered, tea, now):
    cancel_household_order(household_order=ordered(None), now=now + timedelta(hours=3))
    assert shown(tea, now + NEXT_WEEK) == NEUTRAL
    cancel_household_order(household_order=ordered(None), now=now + LATE)
    assert shown(tea, now + NEXT_WEEK) == reliability(1, 0)


def test_a_card_order_is_timed_from_its_payment(cast, acting, tea, now):
    make_tariff(now)
    order = place((tea, 1), commune=cast.commune, now=now, payment_method=PaymentMethod.CARD)
    paid = now + timedelta(days=2)
    start_payment(order=order, now=paid)
    pay_pretend_charge(PretendCharge.objects.get().reference)
    order.payment.refresh_from_db()
    settle(payment=order.payment, now=paid)
    part = order.household_orders.get()
    answer_household_order(household_order=part, acting=acting, accept=True, reason="", now=paid + timedelta(hours=5))
    assert shown(tea, now + NEXT_WEEK) == reliability(1, 1)


def test_an_order_counts_from_the_midnight_after_its_day_passed_until_half_a_year_later(ordered, tea, now):
    ordered(timedelta(hours=1))
    midnight = datetime(now.year, now.month, now.day, tzinfo=VIETNAM)
    starts, ends = midnight + timedelta(days=2), midnight + LOOK_BACK + timedelta(days=1)
    moments = [starts - timedelta(seconds=1), starts, ends - timedelta(seconds=1), ends]
    assert [shown(tea, moment) for moment in moments] == [NEUTRAL, 60, 60, NEUTRAL]


def test_another_households_orders_say_nothing(ordered, cast, tea, now):
    ordered(None)
    both = {cast.household.pk, cast.other_household.pk}
    day = (now + NEXT_WEEK).date()
    assert reliabilities(both, day) == {cast.household.pk: 40, cast.other_household.pk: NEUTRAL}


def test_a_comparison_that_does_not_know_the_last_one_renews_every_household_with_orders(ordered, tea, now):
    passes.rebuild(engine=TANTIVY, now=now)
    ordered(timedelta(hours=1))
    outbox.delete_passes(before=now + NEXT_WEEK)
    assert passes.compare(engine=TANTIVY, now=now + NEXT_WEEK * 2) == set()


def test_the_nightly_comparison_renews_it_and_finds_no_difference(ordered, tea, now):
    passes.rebuild(engine=TANTIVY, now=now)
    assert passes.compare(engine=TANTIVY, now=now) == set()
    ordered(timedelta(hours=1))
    passes.drain(engine=TANTIVY, now=now)
    for later in (timedelta(hours=10), timedelta(days=1), timedelta(days=2), timedelta(days=9), LOOK_BACK + NEXT_WEEK):
        assert passes.compare(engine=TANTIVY, now=now + later) == set()
        [indexed] = registry.engine(TANTIVY).fingerprints().values()
        [document] = Source(now + later).listings(version=0)
        assert indexed == passes.fingerprint(document)


def test_an_answer_alone_sends_no_listing_to_the_index(ordered, acting, tea, now):
    part = ordered(None)
    passes.rebuild(engine=TANTIVY, now=now)
    answer_household_order(household_order=part, acting=acting, accept=True, now=now + timedelta(hours=1))
    assert not outbox.pending(TANTIVY).exists()
