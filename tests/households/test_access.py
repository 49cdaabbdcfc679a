"""The doors of households, with the whole cast at each."""

from __future__ import annotations

from datetime import timedelta

import pytest

from households.access import NotAllowed, acting_for, households_visible_to
from households.models import Scope

SEES_IT = {"head", "volunteer", "leader", "operator"}


def test_only_its_people_and_operators_see_a_household(cast, now):
    seeing = {name for name, user in cast.everyone().items() if cast.household in households_visible_to(user, now)}
    assert seeing == SEES_IT


@pytest.mark.parametrize("name", ["other_head", "other_volunteer", "operator", "buyer", "stranger", "province_officer"])
def test_nobody_else_acts_for_a_household(cast, now, name):
    with pytest.raises(NotAllowed):
        acting_for(getattr(cast, name), cast.household, Scope.LISTING, now)


def test_team_acts_until_the_mandate_is_withdrawn(cast, now):
    assert acting_for(cast.volunteer, cast.household, Scope.LISTING, now).team == cast.team
    cast.mandate.withdrawn_at = now
    cast.mandate.save()
    with pytest.raises(NotAllowed):
        acting_for(cast.volunteer, cast.household, Scope.LISTING, now + timedelta(seconds=1))
