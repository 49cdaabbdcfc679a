"""Opening a household's account, claiming it by phone, and its head."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import User
from accounts.phones import BadPhone
from core.models import AuditEntry
from households.codes import parse_code
from households.models import Household, HouseholdMember
from households.services import (
    HouseholdAlreadyRegistered,
    MemberAlreadyThere,
    OutsideTheTerritory,
    add_member,
    change_head,
    confirm_phone,
    register_household,
)


@pytest.fixture
def details(cast, now):
    """What a volunteer types at the door of a household in her village."""
    return {
        "key": "0192f0c1-0000-7000-8000-000000000001",
        "name": "Chè nhà Thu",
        "phone": "0978 123 456",
        "head_name": "Ma Thị Thu",
        "commune": cast.commune,
        "village_name": "xom hong thai",
        "actor": cast.volunteer,
        "team": cast.team,
        "now": now,
    }


def test_volunteer_opens_an_account_with_a_code_that_checks(details, cast, now):
    household = register_household(**details)
    assert parse_code(household.code) == household.code
    assert household.phone == "+84978123456"
    assert household.village_name == "Xóm Hồng Thái"
    assert household.head.full_name == "Ma Thị Thu"
    assert (household.registered_at, household.opened_at) == (now, None)
    assert household.opened_by_team == cast.team
    entry = AuditEntry.objects.get(household_code=household.code)
    assert (entry.action, entry.actor, entry.team_id) == ("register_household", cast.volunteer, cast.team.pk)


def test_same_opening_sent_twice_makes_one_household(details):
    assert register_household(**details) == register_household(**details)
    assert AuditEntry.objects.filter(action="register_household").count() == 1


@pytest.mark.parametrize("phone", ["0978123456", "+84978123456", "84 978 123 456", "0978.123.456", "0978-123-456"])
def test_used_phone_is_refused_however_it_is_written(details, phone):
    first = register_household(**details)
    with pytest.raises(HouseholdAlreadyRegistered) as refusal:
        register_household(**{**details, "key": "another", "phone": phone})
    assert refusal.value.field == "phone"
    assert refusal.value.context["household_code"] == first.code


def test_key_of_another_household_opens_nothing(details):
    register_household(**details)
    with pytest.raises(HouseholdAlreadyRegistered):
        register_household(**{**details, "phone": "0978 123 457"})
    assert not Household.objects.filter(phone="+84978123457").exists()


def test_phone_that_does_not_exist_is_refused(details):
    with pytest.raises(BadPhone):
        register_household(**{**details, "phone": "0978 123"})


def test_team_opens_accounts_in_its_own_territory_only(details, cast):
    for elsewhere in ({"village_name": "Xóm Nam Tiến"}, {"commune": cast.other_commune}, {"actor": cast.stranger}):
        with pytest.raises(OutsideTheTerritory):
            register_household(**{**details, **elsewhere})


def test_holder_of_the_phone_takes_the_account_over(details, now):
    household = confirm_phone(household=register_household(**details), now=now)
    user = User.objects.get(phone="+84978123456")
    assert household.members.get().user == user
    assert not user.has_usable_password()


def test_who_signed_in_before_keeps_the_user(details, cast, now):
    household = register_household(**{**details, "phone": cast.buyer.phone})
    confirm_phone(household=household, now=now)
    assert household.members.get().user == cast.buyer


def test_confirming_twice_changes_nothing(details, now):
    household = register_household(**details)
    confirm_phone(household=household, now=now)
    confirm_phone(household=household, now=now)
    assert AuditEntry.objects.filter(action="confirm_phone").count() == 1


def test_new_head_joins_and_the_change_is_written_down(cast, now):
    member = change_head(household=cast.household, full_name="Nguyễn Văn Sơn", phone="", now=now, actor=cast.head)
    cast.household.refresh_from_db()
    assert cast.household.head == member
    assert cast.household.version == 2
    assert AuditEntry.objects.get(action="change_head").changes == {"head": ["Nguyễn Thị Hoa", "Nguyễn Văn Sơn"]}


def test_member_of_the_household_becomes_head_without_joining_twice(cast, now):
    add_member(household=cast.household, full_name="Nguyễn Văn Sơn", phone="0978123456", now=now, actor=cast.head)
    change_head(household=cast.household, full_name="Nguyễn Văn Sơn", phone="", now=now, actor=cast.head)
    assert cast.household.members.count() == 2


def test_member_added_by_a_team_gets_no_access(cast, now):
    by_team = add_member(
        household=cast.household, full_name="A", phone="0978123456", now=now, actor=cast.volunteer, team=cast.team
    )
    by_household = add_member(household=cast.household, full_name="B", phone="0978123457", now=now, actor=cast.head)
    assert by_team.user is None
    assert by_household.user.phone == "+84978123457"
    opened = AuditEntry.objects.get(action="open_account", subject_id=str(by_household.user.pk))
    assert opened.actor == cast.head


def test_member_with_the_same_phone_is_refused(cast, now):
    with pytest.raises(MemberAlreadyThere):
        add_member(household=cast.household, full_name="B", phone=cast.head.phone, now=now, actor=cast.head)


def test_phone_of_a_member_who_left_is_the_head_s_from_now_on(details, cast, now):
    household = register_household(**details)
    HouseholdMember.objects.create(
        household=household,
        full_name="Ma Văn Đi",
        phone=household.phone,
        joined_at=now - timedelta(days=2),
        left_at=now,
    )
    HouseholdMember.objects.filter(pk=household.head.pk).update(phone="")
    confirm_phone(household=household, now=now)
    signing_in = HouseholdMember.objects.get(user__phone=household.phone)
    assert signing_in == household.head


@pytest.mark.parametrize(("away", "is_member"), [(timedelta(microseconds=1), True), (timedelta(0), False)])
def test_who_left_is_no_member_from_that_instant_on(cast, now, away, is_member):
    """As a head the person joins anew, and the phone number is free for another member."""
    son = add_member(household=cast.household, full_name="Nguyễn Văn Sơn", phone="0978123456", now=now, actor=cast.head)
    left_at = now + timedelta(days=1)
    HouseholdMember.objects.filter(pk=son.pk).update(left_at=left_at)
    at = {"household": cast.household, "now": left_at - away, "actor": cast.head, "team": cast.team}
    if is_member:
        with pytest.raises(MemberAlreadyThere):
            add_member(**at, full_name="B", phone="0978123456")
    else:
        assert add_member(**at, full_name="B", phone="0978123456").phone == "+84978123456"
    head = change_head(**at, full_name="Nguyễn Văn Sơn", phone="")
    assert (head == son) is is_member
