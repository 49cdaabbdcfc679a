"""A signed paper waits: the household may refuse it, somebody else may check it, nobody lets it hold alone."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.core.files.base import ContentFile

from core.errors import ReasonMissing
from core.models import AuditEntry
from households.access import NotAllowed, acting_for, valid_mandates
from households.models import AccountEvent, Mandate, Scope
from households.services import (
    PaperSettled,
    PapersPaused,
    PaperWaits,
    close_account,
    confirm_phone,
    withdraw_mandate,
)
from messaging.models import OutgoingMessage
from onboarding.models import Consent, OnboardingCase, StepRecord
from onboarding.selectors import current_consent_text, has_consent, households_with_unnoted_consent
from onboarding.services import (
    CaseRefused,
    ConsentMissing,
    confirm_signed_paper,
    consent_by_code,
    consent_on_paper,
    mandate_by_code,
    mandate_on_paper,
    note_held_consent,
    refuse_by_household,
    refuse_signed_paper,
    withdraw_consent,
)
from tests.catalog import pictures
from tests.factories.households import TeamMemberFactory, UserFactory
from tests.factories.onboarding import CaseFactory, ConsentFactory

SECOND = timedelta(seconds=1)
WAIT, PAUSE = timedelta(hours=72), timedelta(days=30)


def photo() -> ContentFile:
    return ContentFile(pictures.jpeg(600, 800), "paper.jpg")


def signed_consent(case, actor, at) -> Consent:
    text = current_consent_text("vi", at.date())
    return consent_on_paper(case=case, text=text, photo=photo(), actor=actor, now=at)


def signed_mandate(case, actor, at, scopes=tuple(Scope), days=90) -> Mandate:
    return mandate_on_paper(case=case, scopes=list(scopes), days=days, photo=photo(), actor=actor, now=at)


@pytest.fixture
def agreed(case, cast, ask, now) -> OnboardingCase:
    """The case of a household that has consented by code and given no mandate."""
    consent_by_code(case=case, code=ask(case), actor=cast.volunteer, now=now)
    return case


@pytest.fixture
def mandate(agreed, cast, now) -> Mandate:
    """Photographed by the volunteer: it waits."""
    return signed_mandate(agreed, cast.volunteer, now)


def may(cast, case, at: datetime, scope=Scope.LISTING) -> bool:
    try:
        return acting_for(cast.volunteer, case.household, scope, at).team == cast.team
    except NotAllowed:
        return False


@pytest.mark.parametrize("scope", Scope)
def test_mandate_on_paper_holds_from_the_end_of_its_wait(mandate, agreed, cast, now, scope):
    for before in (now, now + WAIT - SECOND):
        assert not may(cast, agreed, before, scope)
        assert not valid_mandates(before).filter(household=agreed.household).exists()
    for after in (now + WAIT, now + WAIT + SECOND):
        assert may(cast, agreed, after, scope)
    assert mandate.expires_at == now + WAIT + timedelta(days=90), "the days count from when it holds"


def test_household_is_told_at_once_and_the_message_fits(mandate, agreed, now):
    told = OutgoingMessage.objects.get(key=f"paper-waits:uy-quyen:{mandate.pk}")
    assert told.phone == agreed.household.phone
    assert re.search(r"https?://\S+/giay/uy-quyen/\d+/[\w-]{22}\w+/$", told.text)
    assert "09:00 17/10" in told.text
    assert len(told.text) <= 420


def test_consent_on_paper_holds_from_the_end_of_its_wait_and_opens_the_account_then(case, cast, now):
    confirm_phone(household=case.household, now=now)
    signed_consent(case, cast.volunteer, now)
    late = now + WAIT + timedelta(minutes=4)
    assert [has_consent(case.household, at) for at in (now, now + WAIT - SECOND)] == [False, False]
    assert [has_consent(case.household, at) for at in (now + WAIT, now + WAIT + SECOND)] == [True, True]
    assert not list(households_with_unnoted_consent(now + WAIT - SECOND))
    assert not note_held_consent(household_id=case.household_id, now=now + WAIT - SECOND)
    assert list(households_with_unnoted_consent(late)) == [case.household_id]
    assert note_held_consent(household_id=case.household_id, now=late)
    assert not note_held_consent(household_id=case.household_id, now=late)
    case.household.refresh_from_db()
    opened = AccountEvent.objects.get(household=case.household, kind=AccountEvent.Kind.OPENED)
    assert case.household.opened_at == opened.at == now + WAIT, "when it began to hold, not when the work ran"


def test_account_that_can_be_reached_later_opens_then(case, cast, now):
    signed_consent(case, cast.volunteer, now)
    note_held_consent(household_id=case.household_id, now=now + WAIT)
    confirm_phone(household=case.household, now=now + WAIT + SECOND)
    case.household.refresh_from_db()
    assert case.household.opened_at == now + WAIT + SECOND


@pytest.mark.parametrize("name", ["leader", "operator"])
def test_another_person_lets_it_hold_at_once_and_is_recorded(mandate, agreed, cast, now, name):
    checker, later = getattr(cast, name), now + timedelta(hours=1)
    confirm_signed_paper(paper=mandate, checker=checker, now=later)
    mandate.refresh_from_db()
    assert (mandate.checked_by, mandate.checked_at, mandate.holds_from) == (checker, later, later)
    assert mandate.expires_at == later + timedelta(days=90)
    assert [may(cast, agreed, at) for at in (later - SECOND, later)] == [False, True]
    assert AuditEntry.objects.get(action="confirm_paper").actor == checker
    told = OutgoingMessage.objects.get(key=f"paper-checked:uy-quyen:{mandate.pk}").text
    assert checker.get_full_name() in told


def test_confirmed_consent_opens_the_account_at_once(case, cast, now):
    confirm_phone(household=case.household, now=now)
    consent = signed_consent(case, cast.volunteer, now)
    confirm_signed_paper(paper=consent, checker=cast.leader, now=now + SECOND)
    case.household.refresh_from_db()
    assert case.household.opened_at == now + SECOND


@pytest.mark.parametrize("name", ["volunteer", "other_volunteer", "other_head", "buyer", "stranger", "commune_officer"])
def test_nobody_else_checks_it_least_of_all_who_photographed_it(mandate, cast, now, name):
    for act in (
        lambda who: confirm_signed_paper(paper=mandate, checker=who, now=now),
        lambda who: refuse_signed_paper(paper=mandate, checker=who, reason="mờ", now=now),
    ):
        with pytest.raises(NotAllowed):
            act(getattr(cast, name))
    mandate.refresh_from_db()
    assert (mandate.checked_by, mandate.withdrawn_at) == (None, None)


@pytest.mark.parametrize("name", ["leader", "operator"])
def test_leader_and_operator_do_not_check_their_own(agreed, cast, now, name):
    uploader = getattr(cast, name)
    if name == "operator":
        TeamMemberFactory(team=cast.team, user=uploader, joined_at=now - timedelta(days=1))
    mandate = signed_mandate(agreed, uploader, now)
    with pytest.raises(NotAllowed):
        confirm_signed_paper(paper=mandate, checker=uploader, now=now)
    other = cast.operator if name == "leader" else cast.leader
    confirm_signed_paper(paper=mandate, checker=other, now=now + SECOND)


def test_household_itself_lets_it_hold(mandate, agreed, cast, now):
    head = confirm_phone(household=agreed.household, now=now).head.user
    confirm_signed_paper(paper=mandate, checker=head, now=now + SECOND)
    assert may(cast, agreed, now + SECOND)


def test_checker_refuses_with_a_reason_that_stands_at_the_step(mandate, agreed, cast, now):
    with pytest.raises(ReasonMissing):
        refuse_signed_paper(paper=mandate, checker=cast.leader, reason=" ", now=now + SECOND)
    refuse_signed_paper(paper=mandate, checker=cast.leader, reason="Ảnh mờ", now=now + SECOND)
    assert not may(cast, agreed, now + WAIT)
    step = StepRecord.objects.get(case=agreed, step="mandate")
    assert (step.state, step.reason) == (StepRecord.State.BLOCKED, "Ảnh mờ")
    signed_mandate(agreed, cast.volunteer, now + 2 * SECOND)  # a bad photo is no will of the household: no pause


def test_checker_who_refuses_the_consent_ends_the_mandates_that_wait_for_it(case, cast, now):
    consent = signed_consent(case, cast.volunteer, now)
    signed_mandate(case, cast.volunteer, now)
    refuse_signed_paper(paper=consent, checker=cast.operator, reason="Không có chữ ký", now=now + SECOND)
    assert not valid_mandates(now + WAIT).filter(household=case.household).exists()
    assert not has_consent(case.household, now + WAIT)


def test_consent_is_checked_before_the_mandate(case, cast, now):
    consent, mandate = signed_consent(case, cast.volunteer, now), signed_mandate(case, cast.volunteer, now)
    with pytest.raises(ConsentMissing):
        confirm_signed_paper(paper=mandate, checker=cast.leader, now=now + SECOND)
    confirm_signed_paper(paper=consent, checker=cast.leader, now=now + SECOND)
    confirm_signed_paper(paper=mandate, checker=cast.leader, now=now + SECOND)
    assert may(cast, case, now + SECOND)


def test_mandate_by_code_needs_a_consent_that_holds(case, cast, ask, now):
    signed_consent(case, cast.volunteer, now)
    with pytest.raises(ConsentMissing):
        ask(case, "mandate", {"scopes": [Scope.LISTING], "days": 9}, at=now + WAIT - SECOND)
    code = ask(case, "mandate", {"scopes": [Scope.LISTING], "days": 9}, at=now + WAIT)
    mandate_by_code(case=case, code=code, actor=cast.volunteer, now=now + WAIT)
    assert may(cast, case, now + WAIT)


def test_household_refuses_a_waiting_mandate_and_papers_pause(mandate, agreed, cast, now):
    refused = now + timedelta(hours=2)
    refuse_by_household(paper=mandate, actor=None, now=refused)
    refuse_by_household(paper=mandate, actor=None, now=refused + SECOND)
    assert not may(cast, agreed, now + WAIT)
    assert AuditEntry.objects.filter(action="refuse_paper").count() == 1
    assert StepRecord.objects.get(case=agreed, step="mandate").state == StepRecord.State.BLOCKED
    with pytest.raises(PapersPaused) as pause:
        signed_mandate(agreed, cast.volunteer, refused + PAUSE - SECOND)
    assert "mã" in str(pause.value)
    signed_mandate(agreed, cast.volunteer, refused + PAUSE)


def test_household_ends_by_its_link_what_somebody_confirmed_meanwhile(mandate, agreed, cast, now):
    confirm_signed_paper(paper=mandate, checker=cast.leader, now=now + SECOND)
    refuse_by_household(paper=mandate, actor=None, now=now + 2 * SECOND)
    assert not may(cast, agreed, now + 2 * SECOND)


def test_refused_consent_ends_the_mandates_that_wait_and_opens_no_account(case, cast, now):
    confirm_phone(household=case.household, now=now)
    consent = signed_consent(case, cast.volunteer, now)
    signed_mandate(case, cast.volunteer, now)
    refuse_by_household(paper=consent, actor=None, now=now + SECOND)
    case.refresh_from_db()
    case.household.refresh_from_db()
    assert not valid_mandates(now + WAIT).filter(household=case.household).exists()
    assert not has_consent(case.household, now + WAIT)
    assert not list(households_with_unnoted_consent(now + WAIT))
    assert (case.household.opened_at, case.outcome) == (None, OnboardingCase.Outcome.OPEN)
    assert {step.step: step.state for step in case.steps.all()} == {"consent": "blocked", "mandate": "blocked"}


def test_confirmed_consent_is_withdrawn_by_the_link_and_the_account_closes(case, cast, now):
    confirm_phone(household=case.household, now=now)
    consent = signed_consent(case, cast.volunteer, now)
    confirm_signed_paper(paper=consent, checker=cast.leader, now=now + SECOND)
    refuse_by_household(paper=consent, actor=None, now=now + 2 * SECOND)
    case.household.refresh_from_db()
    assert case.household.closed_at == now + 2 * SECOND


@pytest.mark.parametrize("taken_back", ["mandate", "consent", "account"])
def test_no_paper_soon_after_the_household_took_something_back(cast, now, taken_back):
    ConsentFactory(household=cast.household)
    if taken_back == "mandate":
        withdraw_mandate(mandate=cast.mandate, actor=cast.head, now=now)
    elif taken_back == "consent":
        withdraw_consent(household=cast.household, actor=cast.head, now=now)
    else:
        close_account(household=cast.household, reason="", actor=cast.head, now=now)
    case = CaseFactory(household=cast.household, team=cast.team)
    for at, refused in ((now + PAUSE - SECOND, True), (now + PAUSE, False)):
        try:
            if taken_back == "consent":
                signed_consent(case, cast.volunteer, at)
            else:
                signed_mandate(case, cast.volunteer, at)
            assert not refused
        except PapersPaused:
            assert refused


def test_a_mandate_by_code_is_not_paused(mandate, agreed, cast, ask, now):
    refuse_by_household(paper=mandate, actor=None, now=now + SECOND)
    code = ask(agreed, "mandate", {"scopes": [Scope.LISTING], "days": 9}, at=now + SECOND)
    mandate_by_code(case=agreed, code=code, actor=cast.volunteer, now=now + 2 * SECOND)
    assert may(cast, agreed, now + 2 * SECOND)


def test_earlier_mandate_stands_while_a_paper_waits_and_ends_for_good_when_it_holds(cast, now):
    ConsentFactory(household=cast.household)
    case = CaseFactory(household=cast.household, team=cast.team)
    paper = signed_mandate(case, cast.volunteer, now, scopes=[Scope.LISTING])
    assert [may(cast, case, at, Scope.ORDERS) for at in (now, now + WAIT - SECOND)] == [True, True]
    assert not may(cast, case, now + WAIT, Scope.ORDERS)
    assert may(cast, case, now + WAIT)
    withdraw_mandate(mandate=paper, actor=cast.head, now=now + WAIT + SECOND)
    assert not may(cast, case, now + WAIT + SECOND), "what it replaced does not come back"


def test_refused_paper_replaced_nothing(cast, now):
    ConsentFactory(household=cast.household)
    case = CaseFactory(household=cast.household, team=cast.team)
    paper = signed_mandate(case, cast.volunteer, now, scopes=[Scope.LISTING])
    refuse_signed_paper(paper=paper, checker=cast.operator, reason="mờ", now=now + WAIT - SECOND)
    assert may(cast, case, now + WAIT, Scope.ORDERS)


def test_one_paper_waits_at_a_time(mandate, agreed, cast, now):
    with pytest.raises(PaperWaits):
        signed_mandate(agreed, cast.volunteer, now + SECOND)
    assert OutgoingMessage.objects.filter(key__startswith="paper-waits").count() == 1


def test_one_consent_waits_at_a_time_and_none_beside_one_that_holds(case, cast, now):
    signed_consent(case, cast.volunteer, now)
    with pytest.raises(PaperWaits):
        signed_consent(case, cast.volunteer, now + SECOND)
    with pytest.raises(CaseRefused):
        signed_consent(case, cast.volunteer, now + WAIT)


def test_code_given_while_a_paper_waits_takes_its_place(mandate, agreed, cast, ask, now):
    code = ask(agreed, "mandate", {"scopes": [Scope.LISTING], "days": 9}, at=now + SECOND)
    mandate_by_code(case=agreed, code=code, actor=cast.volunteer, now=now + SECOND)
    assert [may(cast, agreed, at, Scope.ORDERS) for at in (now + SECOND, now + WAIT)] == [False, False]
    with pytest.raises(PaperSettled):
        confirm_signed_paper(paper=mandate, checker=cast.leader, now=now + 2 * SECOND)


def test_check_comes_too_late_when_the_wait_is_over(mandate, cast, now):
    with pytest.raises(PaperSettled):
        refuse_signed_paper(paper=mandate, checker=cast.leader, reason="mờ", now=now + WAIT)


def test_closing_the_account_ends_the_papers_that_wait(case, cast, now):
    confirm_phone(household=case.household, now=now)
    signed_consent(case, cast.volunteer, now)
    signed_mandate(case, cast.volunteer, now)
    head = case.household.members.get().user
    close_account(household=case.household, reason="", actor=head, now=now + SECOND)
    assert not has_consent(case.household, now + WAIT)
    assert not valid_mandates(now + WAIT).filter(household=case.household).exists()


def test_wait_and_pause_are_settings(agreed, cast, now, settings):
    settings.PAPER_WAIT, settings.PAPER_PAUSE = timedelta(hours=5), timedelta(days=2)
    mandate = signed_mandate(agreed, cast.volunteer, now)
    assert [may(cast, agreed, now + timedelta(hours=5) - away) for away in (SECOND, timedelta(0))] == [False, True]
    withdraw_mandate(mandate=mandate, actor=cast.operator, now=now + timedelta(days=1))
    with pytest.raises(PapersPaused):
        signed_mandate(agreed, cast.volunteer, now + timedelta(days=3) - SECOND)
    signed_mandate(agreed, cast.volunteer, now + timedelta(days=3))


def test_leader_of_another_team_of_the_place_does_not_check_it(mandate, cast, now):
    from tests.factories.households import TeamFactory

    leader = UserFactory()
    TeamMemberFactory(team=TeamFactory(commune=cast.commune), user=leader, role="leader")
    with pytest.raises(NotAllowed):
        confirm_signed_paper(paper=mandate, checker=leader, now=now)
