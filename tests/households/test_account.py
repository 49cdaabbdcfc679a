"""An account opens with consent and a confirmed phone, is closed and opened again, and moves: each an event."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.errors import NotAllowed
from households.access import Acting, public_storefront, valid_mandates
from households.models import AccountEvent, Household
from households.services import (
    AccountClosed,
    ConsentNotGiven,
    close_account,
    close_storefront,
    confirm_phone,
    move_household,
    note_consent,
    note_withdrawn_consent,
    open_storefront,
    register_household,
    reopen_account,
)

Kind = AccountEvent.Kind


@pytest.fixture
def registered(cast, now) -> Household:
    """Phone and name are typed, nothing else."""
    return register_household(
        key="0192f0c1-0000-7000-8000-000000000001",
        name="Chè nhà Thu",
        phone="0978 123 456",
        head_name="Ma Thị Thu",
        commune=cast.commune,
        village_name="Xóm Hồng Thái",
        actor=cast.volunteer,
        team=cast.team,
        now=now,
    )


def kinds(household: Household) -> list[str]:
    return list(AccountEvent.objects.filter(household=household).order_by("at", "pk").values_list("kind", flat=True))


def consent(household: Household, cast, at) -> Household:
    return note_consent(household=household, since=at, now=at, actor=cast.volunteer)


def test_registered_household_has_no_account(registered):
    assert registered.opened_at is None
    assert kinds(registered) == []


@pytest.mark.parametrize("consent_first", [True, False])
def test_account_opens_when_consent_and_phone_are_both_there(registered, cast, now, consent_first):
    first, second = now + timedelta(hours=1), now + timedelta(hours=2)
    if consent_first:
        assert consent(registered, cast, first).opened_at is None
        assert confirm_phone(household=registered, now=second).opened_at == second
    else:
        assert confirm_phone(household=registered, now=first).opened_at is None
        assert consent(registered, cast, second).opened_at == second
    consent(registered, cast, second + timedelta(days=1))
    assert kinds(registered) == [Kind.OPENED]


def test_storefront_wanted_before_the_account_is_open_is_not_public_until_then(registered, cast, now):
    wanted = open_storefront(acting=Acting(cast.volunteer, registered, cast.team), now=now)
    assert (wanted.is_selling, wanted.is_public) == (True, False)
    confirm_phone(household=registered, now=now)
    assert consent(registered, cast, now).is_public


def test_closing_shuts_the_storefront_and_ends_the_mandates(cast, now):
    household = close_account(household=cast.household, reason="Chuyển nghề", now=now, actor=cast.head)
    assert (household.closed_at, household.is_selling, household.is_public) == (now, False, False)
    assert not valid_mandates(now).filter(household=household).exists()
    close_account(household=cast.household, reason="", now=now + timedelta(days=1), actor=cast.operator)
    assert kinds(household)[2:] == [Kind.STOREFRONT_CLOSED, Kind.CLOSED]
    assert AccountEvent.objects.get(kind=Kind.CLOSED).reason == "Chuyển nghề"


@pytest.mark.parametrize("who", ["volunteer", "leader", "other_head", "commune_officer", "stranger"])
@pytest.mark.parametrize("deed", ["close", "reopen", "move"])
def test_only_the_household_and_an_operator_close_reopen_and_move(cast, now, who, deed):
    asked = {"household": cast.household, "now": now, "actor": getattr(cast, who)}
    with pytest.raises(NotAllowed):
        {
            "close": lambda: close_account(reason="", **asked),
            "reopen": lambda: reopen_account(**asked),
            "move": lambda: move_household(version=1, commune=cast.other_commune, village_name="Xóm 1", **asked),
        }[deed]()


def test_closed_account_opens_again_with_its_storefront_shut(cast, now):
    close_account(household=cast.household, reason="", now=now, actor=cast.head)
    with pytest.raises(AccountClosed):
        open_storefront(acting=Acting(cast.head, cast.household), now=now)
    household = reopen_account(household=cast.household, now=now + timedelta(days=1), actor=cast.operator)
    assert (household.has_open_account, household.is_public) == (True, False)
    assert open_storefront(acting=Acting(cast.head, household), now=now + timedelta(days=1)).is_public
    assert kinds(household)[-2:] == [Kind.REOPENED, Kind.STOREFRONT_OPENED]


def test_nothing_opens_again_without_consent(cast, now):
    household = note_withdrawn_consent(household=cast.household, now=now, actor=cast.head)
    assert not household.is_public
    for actor in (cast.head, cast.operator):
        with pytest.raises(ConsentNotGiven):
            reopen_account(household=household, now=now, actor=actor)
    with pytest.raises(AccountClosed):
        open_storefront(acting=Acting(cast.head, household), now=now)
    assert consent(household, cast, now + timedelta(days=1)).has_open_account


def test_withdrawal_before_the_account_opened_closes_none(registered, cast, now):
    note_consent(household=registered, since=now, now=now, actor=cast.operator)
    household = note_withdrawn_consent(household=registered, now=now, actor=cast.operator)
    assert (household.closed_at, kinds(household)) == (None, [])
    confirm_phone(household=registered, now=now)
    assert kinds(registered) == []


def test_shutting_the_storefront_is_an_event(cast, now):
    for _twice in range(2):
        close_storefront(acting=Acting(cast.head, cast.household), now=now)
    assert kinds(cast.household)[-2:] == [Kind.STOREFRONT_OPENED, Kind.STOREFRONT_CLOSED]


def test_move_keeps_where_the_household_came_from(cast, now):
    for _twice in range(2):
        household = move_household(
            household=cast.household,
            version=cast.household.version,
            commune=cast.other_commune,
            village_name="Xóm 1",
            now=now,
            actor=cast.head,
        )
    assert (household.commune, household.village_name) == (cast.other_commune, "Xóm 1")
    assert AccountEvent.objects.get(kind=Kind.MOVED).left_commune == cast.commune


@pytest.mark.parametrize(
    ("columns", "public"),
    [
        ({}, True),
        ({"is_selling": False}, False),
        ({"opened_at": None}, False),
        ({"closed_at": "2026-10-01T00:00:00Z"}, False),
    ],
)
def test_one_household_and_many_are_public_by_the_same_rule(cast, columns, public):
    Household.objects.filter(pk=cast.household.pk).update(**columns)
    found = Household.objects.filter(public_storefront(), pk=cast.household.pk).exists()
    assert (found, Household.objects.get(pk=cast.household.pk).is_public) == (public, public)
