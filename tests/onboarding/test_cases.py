"""A case is opened at the door, goes step by step, and ends."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.models import AuditEntry
from households.services import Contact, HouseholdAlreadyRegistered, HouseholdChangedMeanwhile
from onboarding.models import OnboardingCase, StepRecord
from onboarding.selectors import next_step
from onboarding.services import (
    CaseClosed,
    CaseRefused,
    StepRefused,
    block_step,
    give_up_case,
    open_case,
    open_case_again,
    record_identity,
    skip_step,
)
from onboarding.steps import STEPS
from tests.onboarding.conftest import DOOR

CONTACT = Contact("Ma Thị Thu", "0978 123 456", "Xóm Hồng Thái")


def test_opening_registers_the_household_and_starts_at_the_first_step(case, cast):
    assert case.household.opened_by_team == cast.team
    assert next_step(case).code == "identity"
    actions = AuditEntry.objects.filter(household_code=case.household.code).values_list("action", flat=True)
    assert sorted(actions) == ["open_case", "register_household"]


def test_form_sent_twice_opens_one_case(case, cast, now):
    assert open_case(opened=DOOR, team=cast.team, actor=cast.volunteer, now=now) == case


def test_phone_already_used_opens_no_case(cast, now):
    with pytest.raises(HouseholdAlreadyRegistered):
        open_case(opened=replace(DOOR, phone=cast.head.phone), team=cast.team, actor=cast.volunteer, now=now)
    assert not OnboardingCase.objects.exists()


def test_identity_is_recorded_with_how_and_puts_slips_right(case, cast, now):
    contact = replace(CONTACT, phone="0978 123 457")
    record = record_identity(
        case=case, actor=cast.volunteer, contact=contact, version=1, known_by="nhà bên cạnh", now=now
    )
    case.household.refresh_from_db()
    assert (record.state, record.reason) == (StepRecord.State.DONE, "nhà bên cạnh")
    assert case.household.phone == "+84978123457"


def test_identity_typed_over_another_s_change_is_not_lost_silently(case, cast, now):
    words = {"case": case, "actor": cast.volunteer, "known_by": "x", "now": now, "version": 1}
    record_identity(**words, contact=CONTACT)
    record_identity(**words, contact=replace(CONTACT, head_name="Ma Thị Thư"))
    with pytest.raises(HouseholdChangedMeanwhile):
        record_identity(**words, contact=CONTACT)


def test_step_is_skipped_with_a_reason_only(case, cast, now):
    with pytest.raises(StepRefused) as refusal:
        skip_step(case=case, step="mandate", reason="  ", actor=cast.volunteer, now=now)
    assert refusal.value.field == "reason"
    skipped = skip_step(case=case, step="mandate", reason="Con trai tự làm", actor=cast.volunteer, now=now)
    assert skipped.state == StepRecord.State.SKIPPED


@pytest.mark.parametrize("step", ["identity", "consent", "nonsense"])
def test_what_every_household_needs_is_not_skipped(case, cast, now, step):
    with pytest.raises(StepRefused):
        skip_step(case=case, step=step, reason="bận", actor=cast.volunteer, now=now)


def test_blocked_step_stays_the_next_one(case, cast, now):
    block_step(case=case, step="identity", reason="Chủ hộ đi vắng", actor=cast.volunteer, now=now)
    assert next_step(OnboardingCase.objects.get()).code == "identity"


def test_done_step_does_not_go_back(case, cast, now):
    record_identity(case=case, actor=cast.volunteer, contact=CONTACT, version=1, known_by="quen", now=now)
    with pytest.raises(StepRefused):
        block_step(case=case, step="identity", reason="x", actor=cast.volunteer, now=now)


def test_last_step_closes_the_case(case, cast, now):
    for step in STEPS[:-1]:
        StepRecord.objects.create(case=case, step=step.code, state="done", recorded_at=now)
    skip_step(case=case, step="first_listing", reason="Chưa đến vụ", actor=cast.volunteer, now=now)
    case.refresh_from_db()
    assert (case.outcome, case.closed_at) == (OnboardingCase.Outcome.FINISHED, now)
    with pytest.raises(CaseClosed):
        block_step(case=case, step="mandate", reason="x", actor=cast.volunteer, now=now)


def test_case_given_up_may_be_tried_again(case, cast, now):
    with pytest.raises(CaseRefused):
        give_up_case(case=case, reason="", actor=cast.volunteer, now=now)
    give_up_case(case=case, reason="Hộ chuyển đi", actor=cast.volunteer, now=now)
    again = open_case_again(household=case.household, team=cast.team, actor=cast.leader, now=now)
    assert again.pk != case.pk
    assert open_case_again(household=case.household, team=cast.team, actor=cast.volunteer, now=now) == again


def test_team_of_another_place_opens_no_case(cast, now):
    with pytest.raises(CaseRefused):
        open_case_again(household=cast.household, team=cast.other_team, actor=cast.other_volunteer, now=now)
