"""A check and a refusal of one paper at the same moment, on real connections: the household's no stands in the end."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from core.models import AuditEntry
from households.access import valid_mandates
from households.models import Mandate
from households.services import PaperSettled
from onboarding.models import Consent
from onboarding.services import confirm_signed_paper, refuse_by_household, refuse_signed_paper
from tests.factories.onboarding import CaseFactory, ConsentFactory
from tests.onboarding.test_waiting_papers import signed_consent, signed_mandate
from tests.real_database import compete

pytestmark = pytest.mark.concurrency
SECOND = timedelta(seconds=1)


@pytest.fixture
def mandate(cast, now) -> Mandate:
    """A paper that waits beside nothing else: the cast's own mandate has ended."""
    Mandate.objects.update(withdrawn_at=now - SECOND)
    ConsentFactory(household=cast.household)
    return signed_mandate(CaseFactory(household=cast.household, team=cast.team), cast.volunteer, now)


def test_household_that_refuses_while_it_is_confirmed_has_the_last_word(cast, mandate, now):
    acts = [
        partial(confirm_signed_paper, paper=mandate, checker=cast.leader, now=now + SECOND),
        partial(refuse_by_household, paper=mandate, actor=None, now=now + SECOND),
    ]
    results = compete(acts * 3)
    assert {type(result) for result in results} <= {Mandate, type(None), PaperSettled}
    assert not valid_mandates(now + timedelta(days=4)).filter(household=cast.household).exists()
    ended = AuditEntry.objects.filter(action__in=("refuse_paper", "withdraw_mandate"), subject_id=str(mandate.pk))
    assert ended.count() == 1


def test_of_a_confirmation_and_a_refusal_by_checkers_one_wins(cast, mandate, now):
    acts = [
        partial(confirm_signed_paper, paper=mandate, checker=cast.leader, now=now + SECOND),
        partial(refuse_signed_paper, paper=mandate, checker=cast.operator, reason="mờ", now=now + SECOND),
    ]
    results = compete(acts)
    assert sorted(type(result).__name__ for result in results) == ["Mandate", "PaperSettled"]
    assert AuditEntry.objects.filter(action__in=("confirm_paper", "refuse_paper")).count() == 1


def test_consent_confirmed_and_refused_at_once_leaves_no_open_account(cast, now):
    household = cast.other_household
    household.consented_at = household.opened_at = None
    household.save()
    case = CaseFactory(household=household, team=cast.other_team)
    consent = signed_consent(case, cast.other_volunteer, now)
    compete(
        [
            partial(confirm_signed_paper, paper=consent, checker=cast.operator, now=now + SECOND),
            partial(refuse_by_household, paper=consent, actor=None, now=now + SECOND),
        ]
    )
    household.refresh_from_db()
    assert not household.has_open_account
    assert not Consent.objects.filter(withdrawn_at=None).exists()


def test_paper_photographed_twice_at_once_waits_once(cast, now):
    ConsentFactory(household=cast.household)
    case = CaseFactory(household=cast.household, team=cast.team)
    compete([partial(signed_mandate, case, cast.volunteer, now) for _press in range(3)])
    assert Mandate.objects.filter(given_how="paper").count() == 1
