"""How fast a household answers and what it delivered: honest figures, computed apart from the pages that show them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.cards import storefront_url
from catalog.models import TrackRecord
from catalog.storefront.standing import MIN_ANSWERS_SHOWN, standing_of, time_in_words
from households.access import Acting
from shop.order.services import answer_household_order, cancel_household_order, end_unanswered
from shop.order.track_records import ANSWERS_OF, refresh_track_records, track_figures
from tests.factories.orders import make_listing, make_tariff, place
from tests.factories.voices import delivered, phone


@pytest.fixture
def tea(cast, now):
    make_tariff(now - timedelta(days=200))
    return make_listing(cast.household, stock=500)


@pytest.fixture
def order(cast, tea):
    """Place an order; ``waits`` minutes later the household accepts it, or never."""

    def placed(number: int, at, waits: int | None = None, *, accept: bool = True):
        part = place((tea, 1), commune=cast.commune, now=at, phone=phone(number)).household_orders.get()
        if waits is not None:
            answer_household_order(
                household_order=part,
                acting=Acting(cast.head, cast.household),
                accept=accept,
                reason="Hết hàng",
                now=at + timedelta(minutes=waits),
            )
        return part

    return placed


def minutes_of(cast, now) -> list[int]:
    return sorted(track_figures([cast.household.pk], now)[cast.household.pk].minutes)


def test_answers_count_from_being_asked_whether_yes_or_no(cast, order, now):
    order(1, now - timedelta(days=2), 30)
    order(2, now - timedelta(days=2), 120, accept=False)
    assert minutes_of(cast, now) == [30, 120]


def test_what_waits_still_what_the_buyer_cancelled_and_what_is_long_ago_do_not_count(cast, order, now):
    order(1, now - timedelta(hours=1))
    cancel_household_order(household_order=order(2, now - timedelta(days=2)), now=now - timedelta(days=1))
    order(3, now - ANSWERS_OF - timedelta(minutes=1), 5)
    order(4, now - ANSWERS_OF, 7)
    assert minutes_of(cast, now) == [7]


def test_silence_counts_with_the_whole_time_that_was_given(cast, order, now):
    part = order(1, now - timedelta(days=10))
    late = now - timedelta(days=10) + timedelta(hours=settings.ANSWER_WITHIN_HOURS)
    assert end_unanswered(household_order=part, now=late)
    assert minutes_of(cast, now) == [settings.ANSWER_WITHIN_HOURS * 60]


def test_sold_is_what_was_delivered(cast, tea, order, now):
    order(1, now - timedelta(days=2), 30)
    delivered(tea, cast.commune, Acting(cast.head, cast.household), now)
    assert track_figures([cast.household.pk], now)[cast.household.pk].sold == 1


def test_the_pages_say_it_from_five_answers_on_and_compute_nothing(client, cast, tea, order, now):
    for number in range(MIN_ANSWERS_SHOWN - 1):
        order(number, now - timedelta(days=2), 170)
    assert refresh_track_records(now=now) == 1
    cast.household.refresh_from_db()
    assert standing_of(cast.household).answers_within == ""
    order(9, now - timedelta(days=2), 9)
    refresh_track_records(now=now)
    assert TrackRecord.objects.get().median_minutes == 170
    for path in (tea.get_absolute_url(), storefront_url(cast.household.slug, cast.household.code)):
        with CaptureQueriesContext(connection) as queries:
            assert "thường trong 3 giờ" in client.get(path).content.decode()
        assert not [query for query in queries if "householdorder" in query["sql"]]


def test_many_households_cost_as_many_queries_as_one(cast, order, now):
    order(1, now - timedelta(days=2), 30)
    make_listing(cast.other_household)
    counts = []
    for households in ([cast.household.pk], [cast.household.pk, cast.other_household.pk]):
        with CaptureQueriesContext(connection) as queries:
            track_figures(households, now)
        counts.append(len(queries))
    assert counts == [2, 2]


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (5, "trong một giờ"),
        (61, "trong 2 giờ"),
        (91, "trong 2 giờ"),
        (170, "trong 3 giờ"),
        (36 * 60, "trong 36 giờ"),
        (36 * 60 + 1, "trong 2 ngày"),
        (72 * 60, "trong 3 ngày"),
    ],
)
def test_times_are_rounded_up(minutes, words):
    assert time_in_words(minutes) == words
