"""Every right at both sides of its beginning and of its end, as the selectors answer it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import User
from households.access import (
    Acting,
    NotAllowed,
    acting_for,
    communes_overseen_by,
    households_served_by,
    households_to_act_for,
    in_territory_of,
    own_households,
    provinces_overseen_by,
    teams_led_by,
    teams_of,
    territory_holds,
)
from households.models import DigitalTeam, Household, Mandate, Scope
from tests.cast import Cast, make_household, make_user
from tests.factories.households import MandateFactory, TeamFactory, TeamMemberFactory
from tests.households.rights import AT, BOUNDARIES, HELD, LOSSES, MICROSECOND, Boundary, Loss


def acts(user: User, household: Household, at: datetime) -> set[str]:
    """The scopes in which the list holds the household; the single form must say the same."""
    listed = {scope for scope in Scope if households_to_act_for(user, scope, at).contains(household)}
    single = set()
    for scope in Scope:
        try:
            assert acting_for(user, household, scope, at).household == household
            single.add(scope)
        except NotAllowed:
            pass
    assert single == listed
    return {f"act:{scope}" for scope in listed}


def rights(cast: Cast, who: str, at: datetime) -> set[str]:
    """What the person may do at this instant, for the cast's household, team, commune and province."""
    user, at = getattr(cast, who), at.astimezone(UTC)  # as a request knows it: the day is Vietnam's all the same
    answers = {
        "own": own_households(user, at).contains(cast.household),
        "serve": teams_of(user, at).contains(cast.team),
        "help": households_served_by(user, at).contains(cast.household),
        "lead": teams_led_by(user, at).contains(cast.team),
        "commune": communes_overseen_by(user, at).filter(commune=cast.commune).exists(),
        "province": provinces_overseen_by(user, at).filter(province=cast.province).exists(),
    }
    return {name for name, holds in answers.items() if holds} | acts(user, cast.household, at)


def held(cast: Cast, at: datetime, people: Iterable[str] = HELD) -> dict[str, set[str]]:
    return {who: rights(cast, who, at) for who in people}


def without(lost: dict[str, set[str]]) -> dict[str, set[str]]:
    assert all(names <= HELD[who] for who, names in lost.items())
    return {who: names - lost.get(who, set()) for who, names in HELD.items()}


def test_what_each_person_of_the_cast_may_do(cast):
    assert held(cast, AT) == HELD


@pytest.mark.parametrize("boundary", BOUNDARIES, ids=str)
def test_right_holds_on_one_side_of_its_boundary(cast, boundary: Boundary):
    """A microsecond and a day away; nobody else's rights change, and no other right of the same person."""
    before, after = (without(boundary.people), HELD) if boundary.begins else (HELD, without(boundary.people))
    boundary.move(cast, AT)
    assert held(cast, AT) == after
    for distance in (MICROSECOND, timedelta(days=1)):
        assert held(cast, AT - distance, boundary.people) == {who: before[who] for who in boundary.people}
        assert held(cast, AT + distance, boundary.people) == {who: after[who] for who in boundary.people}


@pytest.mark.parametrize("loss", LOSSES, ids=str)
def test_change_of_fact_ends_exactly_these_rights(cast, loss: Loss):
    loss.change(cast)
    assert held(cast, AT) == without(loss.people)


@pytest.mark.parametrize("village", ["", "Xóm Hồng Thái", "Xóm Guộc"])
@pytest.mark.parametrize("here", [True, False], ids=["its commune", "another commune"])
def test_both_sides_of_the_territory_agree(cast, village, here):
    """A team of a whole commune serves all its villages, a team of a village that village alone."""
    commune = cast.commune if here else cast.other_commune
    team = TeamFactory(commune=commune, village_name=village)
    from_team = Household.objects.filter(in_territory_of(team)).contains(cast.household)
    holds = territory_holds(cast.household.commune, cast.household.village_name)
    assert from_team == DigitalTeam.objects.filter(holds, pk=team.pk).exists()
    assert from_team == (here and village != "Xóm Guộc")


def test_member_acts_for_the_household_itself_even_under_a_mandate(cast):
    TeamMemberFactory(team=cast.team, user=cast.head)
    assert acting_for(cast.head, cast.household, Scope.LISTING, AT) == Acting(cast.head, cast.household)


def test_team_acts_that_holds_the_latest_mandate_for_the_scope(cast):
    """One volunteer in two teams: what one team may not do, the other may, and the later mandate goes first."""
    second = TeamFactory(commune=cast.commune)
    TeamMemberFactory(team=second, user=cast.volunteer)
    mandate = MandateFactory(household=cast.household, team=second, scopes=[Scope.ORDERS])
    first = cast.mandate.given_at
    for given_at, team in ((first - MICROSECOND, cast.team), (first, second), (AT, second)):
        Mandate.objects.filter(pk=mandate.pk).update(given_at=given_at, holds_from=given_at)
        assert acting_for(cast.volunteer, cast.household, Scope.ORDERS, AT).team == team
    assert acting_for(cast.volunteer, cast.household, Scope.LISTING, AT).team == cast.team
    assert households_to_act_for(cast.volunteer, Scope.ORDERS, AT).count() == 1


def test_mandate_to_a_team_one_does_not_serve_in_gives_nothing(cast):
    second = TeamFactory(commune=cast.commune)
    Mandate.objects.update(team=second)
    assert acts(cast.volunteer, cast.household, AT) == set()


@pytest.mark.parametrize("scope", Scope)
def test_number_of_questions_does_not_grow_with_the_households(cast, scope, django_assert_num_queries):
    for number in range(20, 26):
        user = make_user(number, "Nguyễn Văn Tám")
        household = make_household(f"HN-{number:04}-C", f"Nhà {number}", cast.commune, user, AT)
        MandateFactory(household=household, team=cast.team, given_at=cast.mandate.given_at)
    with django_assert_num_queries(1):
        assert len(households_to_act_for(cast.volunteer, scope, AT)) == 7
    with django_assert_num_queries(1):
        acting_for(cast.head, cast.household, scope, AT)
    with django_assert_num_queries(2):
        acting_for(cast.volunteer, cast.household, scope, AT)
    with django_assert_num_queries(1), pytest.raises(NotAllowed):
        acting_for(cast.stranger, cast.household, scope, AT)


def test_refusal_says_that_the_account_is_closed_only_when_it_is(cast):
    cast.household.closed_at = AT
    cast.household.save()
    for who, at, says_so in ((cast.head, AT, True), (cast.stranger, AT - MICROSECOND, False)):
        with pytest.raises(NotAllowed) as refusal:
            acting_for(who, cast.household, Scope.LISTING, at)
        assert ("đã đóng" in str(refusal.value)) is says_so
