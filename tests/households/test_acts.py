"""Acts are told once, however often they are sent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from households.models import Act, Household
from households.services import ActKeyTaken, record_act, record_search


def test_act_sent_twice_is_one_act(cast, now):
    words = {"household": cast.household, "kind": Act.Kind.DISPLAY, "happened_at": now, "key": "k1", "now": now}
    assert record_act(**words, actor=cast.volunteer, team=cast.team) == record_act(**words)
    assert Act.objects.get().team == cast.team


def test_key_of_another_act_is_refused(cast, now):
    words = {"household": cast.household, "kind": Act.Kind.DISPLAY, "happened_at": now, "key": "k1", "now": now}
    record_act(**words)
    for other in ({"kind": Act.Kind.SALE}, {"household": cast.other_household}):
        with pytest.raises(ActKeyTaken):
            record_act(**{**words, **other})
    assert Act.objects.count() == 1


def test_search_counts_once_for_each_household_and_day(cast, now, django_assert_num_queries):
    with django_assert_num_queries(2):
        record_search(user=cast.head, now=now)
    with django_assert_num_queries(1):
        record_search(user=cast.head, now=now + timedelta(hours=3))
    record_search(user=cast.head, now=now + timedelta(days=1))
    kinds = Act.objects.values_list("household", "kind", "actor")
    assert list(kinds) == [(cast.household.pk, Act.Kind.SEARCH, cast.head.pk)] * 2


@pytest.mark.parametrize("who", ["volunteer", "buyer", "operator"])
def test_nobody_else_searches_for_a_household(cast, now, who):
    record_search(user=getattr(cast, who), now=now)
    assert not Act.objects.exists()


def test_household_whose_account_is_not_open_records_no_search(cast, now):
    Household.objects.filter(pk=cast.household.pk).update(closed_at=now)
    Household.objects.filter(pk=cast.other_household.pk).update(opened_at=None)
    for user in (cast.head, cast.other_head):
        record_search(user=user, now=now)
    assert not Act.objects.exists()
