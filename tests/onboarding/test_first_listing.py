"""The last step is done by the listing itself, when it is sent to be checked."""

from __future__ import annotations

import pytest

from catalog.listing.services import submit_for_check
from households.access import Acting
from onboarding.models import StepRecord
from onboarding.selectors import households_with_unnoted_listing
from onboarding.services import record_first_listing
from onboarding.tasks import sweep_first_listings
from tests.factories.catalog import draft
from tests.factories.onboarding import CaseFactory


@pytest.fixture
def case(cast):
    return CaseFactory(household=cast.household, team=cast.team)


@pytest.fixture
def acting(cast) -> Acting:
    return Acting(cast.volunteer, cast.household, cast.team)


def test_draft_alone_does_not_finish_the_step(case, acting, now, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        draft(acting, now)
    assert not case.steps.exists()


def test_listing_sent_to_be_checked_finishes_the_step(case, cast, acting, now, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        submit_for_check(acting=acting, listing=draft(acting, now), now=now)
    record = case.steps.get()
    assert (record.step, record.state) == ("first_listing", StepRecord.State.DONE)
    assert record.recorded_by == cast.volunteer


def test_second_listing_changes_nothing(case, cast, acting, now, django_capture_on_commit_callbacks):
    for _each in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            submit_for_check(acting=acting, listing=draft(acting, now), now=now)
    assert case.steps.count() == 1
    assert not record_first_listing(household_id=cast.household.pk, now=now)


def test_household_without_a_case_needs_no_step(cast, acting, now, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        submit_for_check(acting=acting, listing=draft(acting, now), now=now)
    assert not StepRecord.objects.exists()


def test_what_was_not_noted_at_once_is_noted_by_the_sweep(case, acting, now, django_capture_on_commit_callbacks):
    draft(acting, now)
    with django_capture_on_commit_callbacks(execute=True):
        sweep_first_listings()
    assert not case.steps.exists()
    submit_for_check(acting=acting, listing=draft(acting, now), now=now)  # nothing is committed, so nothing was noted
    assert not case.steps.exists()
    assert list(households_with_unnoted_listing()) == [case.household_id]
    with django_capture_on_commit_callbacks(execute=True):
        sweep_first_listings()
    assert case.steps.get().state == StepRecord.State.DONE
    assert not households_with_unnoted_listing()
