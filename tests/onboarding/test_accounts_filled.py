"""What the migration makes of households that were written down before accounts were opened by consent."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from core import audit
from households.models import AccountEvent, Household
from tests.factories.households import OPENED, HouseholdFactory
from tests.factories.onboarding import ConsentFactory

migration = import_module("onboarding.migrations.0003_accounts_open_with_consent")
DAY = timedelta(days=1)


@pytest.fixture
def old(db):
    """A household as it stood: phone confirmed on the second day, nothing known of its account."""
    return HouseholdFactory(
        opened_at=None, consented_at=None, phone_confirmed_at=OPENED + DAY, is_selling=False, closed_at=None
    )


def filled(household: Household) -> tuple[Household, list[tuple[str, int]]]:
    """The household, and its events as (kind, days after the registration)."""
    migration.open_accounts(apps, None)
    household.refresh_from_db()
    events = AccountEvent.objects.filter(household=household).order_by("at", "pk")
    return household, [(event.kind, (event.at - OPENED).days) for event in events]


def test_household_without_consent_has_no_account(old):
    household, events = filled(old)
    assert (household.opened_at, events) == (None, [])


def test_household_that_never_confirmed_its_phone_has_no_account(old):
    Household.objects.update(phone_confirmed_at=None)
    ConsentFactory(household=old)
    household, events = filled(old)
    assert (household.consented_at, household.opened_at, events) == (OPENED, None, [])


def test_account_opens_when_both_are_there(old):
    ConsentFactory(household=old)
    household, events = filled(old)
    assert (household.opened_at, events) == (OPENED + DAY, [("opened", 1)])


def test_withdrawal_closes_and_a_later_consent_opens_again(old):
    ConsentFactory(household=old, given_at=OPENED + 2 * DAY, withdrawn_at=OPENED + 3 * DAY)
    household, events = filled(old)
    assert (household.closed_at, events) == (OPENED + 3 * DAY, [("opened", 2), ("closed", 3)])


def test_consent_given_anew_while_one_stands_is_no_closing(old):
    ConsentFactory(household=old, given_at=OPENED + 2 * DAY, withdrawn_at=OPENED + 3 * DAY)
    ConsentFactory(household=old, given_at=OPENED + 3 * DAY, withdrawn_at=OPENED + 4 * DAY)
    ConsentFactory(household=old, given_at=OPENED + 6 * DAY)
    household, events = filled(old)
    assert events == [("opened", 2), ("closed", 4), ("reopened", 6)]
    assert (household.closed_at, household.consented_at) == (None, OPENED + 6 * DAY)


def test_storefronts_were_opened_and_closed_when_the_audit_rows_say(old):
    ConsentFactory(household=old)
    for days, action in ((2, "open_storefront"), (5, "close_storefront")):
        audit.record(action=action, subject=old, now=OPENED + days * DAY, household_code=old.code)
    assert filled(old)[1] == [("opened", 1), ("shown", 2), ("shut", 5)]
