"""Whoever acts for a household stands in the log as who he is: the household, its team or an operator."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from core.models import AuditEntry
from households.access import Acting
from households.models import Scope
from households.models.agreement import GivenBy
from households.services import close_account, give_mandate, withdraw_mandate
from onboarding.services import open_case_again, withdraw_consent
from tests.factories.catalog import certified, listing
from tests.factories.onboarding import ConsentFactory
from tests.sign_in import sign_in

BY_HOUSEHOLD_OR_OPERATOR = [("head", "household"), ("operator", "operator")]


def logged(action: str) -> tuple[object, str, int | None]:
    entry = AuditEntry.objects.get(action=action)
    return entry.actor, entry.capacity, entry.team_id


@pytest.mark.parametrize(("who", "capacity"), BY_HOUSEHOLD_OR_OPERATOR)
def test_a_closed_account_ends_its_case_mandate_and_storefront_in_the_closers_name(cast, now, who, capacity):
    open_case_again(household=cast.household, team=cast.team, actor=cast.volunteer, now=now)
    closer = getattr(cast, who)
    close_account(household=cast.household, reason="Chuyển nghề", now=now, actor=closer)
    assert logged("open_case") == (cast.volunteer, "team", cast.team.pk)
    for action in ("close_household_account", "close_storefront", "withdraw_mandate", "case_given_up"):
        assert logged(action) == (closer, capacity, None), action


@pytest.mark.parametrize(("who", "capacity"), BY_HOUSEHOLD_OR_OPERATOR)
def test_a_withdrawn_consent_and_mandate_name_who_withdrew(cast, now, who, capacity):
    ConsentFactory(household=cast.household)
    actor = getattr(cast, who)
    withdraw_mandate(mandate=cast.mandate, actor=actor, now=now)
    withdraw_consent(household=cast.household, actor=actor, now=now)
    assert logged("withdraw_mandate") == logged("withdraw_consent") == (actor, capacity, None)


@pytest.mark.parametrize(("who", "capacity"), [("head", "household"), ("volunteer", "team")])
def test_a_mandate_names_who_recorded_it(cast, now, who, capacity):
    actor = getattr(cast, who)
    given = {"scopes": [Scope.LISTING], "given_how": GivenBy.CODE, "recorded_by": actor, "now": now}
    give_mandate(household=cast.household, team=cast.team, **given)
    assert logged("give_mandate") == (actor, capacity, cast.team.pk if capacity == "team" else None)


def test_a_certificate_is_confirmed_as_an_operator(cast, now):
    own = Acting(cast.head, cast.household)
    certified(listing(own, now), own, cast.operator, now)
    assert logged("record_quality_certificate") == (cast.head, "household", None)
    assert logged("confirm_quality_certificate") == (cast.operator, "operator", None)


def test_household_and_operators_read_who_acted_as_what(client, cast):
    close_account(household=cast.household, reason="", now=timezone.now(), actor=cast.operator)
    acts = reverse("onboarding:household_acts", kwargs={"code": cast.household.code})
    assertContains(sign_in(client, cast.head).get(acts), "với tư cách người vận hành sàn")
    seen = reverse("operations:household", kwargs={"code": cast.household.code})
    assertContains(sign_in(client, cast.operator).get(seen), "Vận hành (với tư cách người vận hành sàn)")
