"""Name, phone and village are put right at the door, until the household holds its account itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.errors import ChangedMeanwhile
from core.models import AuditEntry
from households.models import Household
from households.services import (
    Contact,
    HouseholdAlreadyRegistered,
    PhoneConfirmed,
    correct_contact,
)

RIGHT = Contact("Nguyễn Thị Hòa", "0978 123 456", "xóm hồng thái")


def correct(cast, now, **changed: object):
    words = {"household": cast.household, "version": 1, "contact": RIGHT, "actor": cast.volunteer, "team": cast.team}
    return correct_contact(**{**words, **changed}, now=now)


def test_slips_of_the_first_visit_are_put_right(cast, now):
    household = correct(cast, now)
    assert (household.phone, household.head.phone) == ("+84978123456", "+84978123456")
    assert household.village_name == "Xóm Hồng Thái"
    assert "nguyen thi hoa" in household.search_text
    changes = AuditEntry.objects.get(action="correct_contact").changes
    assert changes == {"head_name": ["Nguyễn Thị Hoa", "Nguyễn Thị Hòa"], "phone": ["091••••001", "097••••456"]}


def test_nothing_changed_writes_nothing(cast, now):
    correct(cast, now)
    correct(cast, now)
    assert AuditEntry.objects.filter(action="correct_contact").count() == 1


def test_phone_of_another_household_is_refused(cast, now):
    with pytest.raises(HouseholdAlreadyRegistered):
        correct(cast, now, contact=replace(RIGHT, phone=cast.other_household.phone))


def test_confirmed_phone_is_not_moved(cast, now):
    Household.objects.update(phone_confirmed_at=now)
    with pytest.raises(PhoneConfirmed):
        correct(cast, now)


def test_second_editor_gets_what_stands_now(cast, now):
    correct(cast, now)
    with pytest.raises(ChangedMeanwhile) as refusal:
        correct(cast, now, contact=replace(RIGHT, head_name="Nguyễn Thị Hoa"))
    assert refusal.value.current.version == 2
