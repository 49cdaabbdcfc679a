"""A volunteer records steps while the household closes its account: both lock the household and its case."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from households.services import close_account, contact_of
from onboarding.models import OnboardingCase
from onboarding.services import CaseClosed, record_identity, skip_step
from tests.factories.onboarding import CaseFactory
from tests.real_database import compete

pytestmark = pytest.mark.concurrency


@pytest.mark.parametrize("_again", range(3))
def test_steps_and_a_closing_account_wait_for_each_other(cast, now, caplog, _again):
    household = cast.household
    case = CaseFactory(household=household, team=cast.team)
    names = [replace(contact_of(household), head_name=f"Nguyễn Thị Hoa {n}") for n in range(4)]
    met = [
        partial(
            record_identity,
            case=case,
            actor=cast.volunteer,
            contact=name,
            version=household.version,
            known_by="card",
            now=now,
        )
        for name in names
    ]
    skipped = [
        partial(skip_step, case=case, step="storefront", reason="sau", actor=cast.volunteer, now=now) for _n in range(2)
    ]
    left = partial(close_account, household=household, reason="nghỉ", now=now, actor=cast.head)
    results = compete([*met, left, *skipped])
    refused = {type(result).__name__ for result in results if isinstance(result, Exception)}
    assert refused <= {CaseClosed.__name__, "ChangedMeanwhile"}
    assert [record.getMessage() for record in caplog.records if record.name == "core.transactions"] == []
    case.refresh_from_db()
    household.refresh_from_db()
    assert (case.outcome, household.closed_at) == (OnboardingCase.Outcome.GIVEN_UP, now)
