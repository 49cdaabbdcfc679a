"""A case is opened at the door, goes step by step, and ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from core.errors import ChangedMeanwhile
from core.models import AuditEntry
from households.models import Household, TeamMember
from households.services import Contact, HouseholdAlreadyRegistered
from onboarding.models import OnboardingCase, StepRecord
from onboarding.selectors import current_consent_text, next_step
from onboarding.services import (
    CaseClosed,
    CaseRefused,
    StepRefused,
    block_step,
    consent_on_paper,
    give_up_case,
    open_case,
    open_case_again,
    record_identity,
    request_code,
    skip_step,
)
from onboarding.steps import STEPS
from tests.factories.households import TeamFactory, TeamMemberFactory
from tests.onboarding.conftest import DOOR
from tests.onboarding.test_consents import paper
from tests.sign_in import sign_in

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
    with pytest.raises(ChangedMeanwhile):
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


def leaves_the_territory(case, cast, now):
    Household.objects.filter(pk=case.household_id).update(village_name="Xóm Guộc")


def is_no_longer_served_by_the_volunteer(case, cast, now):
    TeamMember.objects.filter(user=cast.volunteer).update(left_at=now)


@pytest.mark.parametrize("end", [leaves_the_territory, is_no_longer_served_by_the_volunteer])
@pytest.mark.parametrize(
    "step",
    [
        lambda words: record_identity(**words, contact=CONTACT, version=1, known_by="x"),
        lambda words: request_code(**words, purpose="consent", terms={"text": 1}),
        lambda words: consent_on_paper(**words, text=current_consent_text("vi", date(2026, 10, 1)), photo=paper()),
    ],
    ids=["identity", "code", "consent on paper"],
)
def test_steps_are_refused_once_the_team_no_longer_serves_the_household(case, cast, now, sent, end, step):
    end(case, cast, now)
    case = OnboardingCase.objects.select_related("household", "team").get(pk=case.pk)
    with pytest.raises(CaseRefused):
        step({"case": case, "actor": cast.volunteer, "now": now})
    assert not case.steps.exists()
    assert not sent


def test_household_that_moved_is_refused_on_the_page_and_its_case_can_be_given_up(client, case, cast, now):
    leaves_the_territory(case, cast, now)
    volunteer = sign_in(client, cast.volunteer)
    typed = {"head_name": "Ma Thị Thư", "phone": "0978 123 456", "village_name": "Xóm Hồng Thái"}
    answer = volunteer.post(
        reverse("onboarding:identity", args=[case.pk]), {**typed, "version": 1, "known_by": "neighbour"}
    )
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
    assert Household.objects.get(pk=case.household_id).village_name == "Xóm Guộc"
    volunteer.post(reverse("onboarding:give_up", args=[case.pk]), {"reason": "Hộ đã chuyển đi"})
    case.refresh_from_db()
    assert case.outcome == OnboardingCase.Outcome.GIVEN_UP


def test_team_next_door_begins_only_after_the_case_is_given_up(case, cast, now):
    leaves_the_territory(case, cast, now)
    other = TeamFactory(commune=cast.commune, village_name="Xóm Guộc")
    TeamMemberFactory(team=other, user=cast.stranger)
    household = Household.objects.get(pk=case.household_id)
    words = {"household": household, "team": other, "actor": cast.stranger, "now": now}
    with pytest.raises(CaseRefused):
        open_case_again(**words)
    give_up_case(case=case, reason="Hộ đã chuyển đi", actor=cast.volunteer, now=now)
    assert open_case_again(**words).team == other
