"""The doors of households, with the whole cast at each."""

from __future__ import annotations

from datetime import timedelta

import pytest

from households.access import NotAllowed, acting_for, households_served_by
from households.models import Scope

SERVE_IT = {"volunteer", "leader"}


def test_only_the_members_of_its_team_serve_a_household(cast, now):
    serving = {name for name, user in cast.everyone().items() if cast.household in households_served_by(user, now)}
    assert serving == SERVE_IT


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
