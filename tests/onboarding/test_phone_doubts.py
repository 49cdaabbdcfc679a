"""A number that may not be the household's counts for nothing until an operator has called it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.errors import ChangedMeanwhile
from core.models import AuditEntry
from households.access import NotAllowed
from households.models import Household
from households.services import add_member, correct_contact
from households.services.contact import Contact
from messaging.models import OutgoingMessage
from onboarding.models import Consent, DoorstepCode
from onboarding.phone_doubts import CODES, MEMBER, NEIGHBOUR, WORDS, households_in_doubt, phone_doubt_of
from onboarding.selectors import current_consent_text
from onboarding.services import (
    PhoneInDoubt,
    consent_by_code,
    consent_on_paper,
    mandate_by_code,
    mandate_on_paper,
    open_case,
    request_code,
    vouch_for_phone,
)
from tests.accessibility import problems
from tests.accounts.walk import code_sent_to
from tests.onboarding.conftest import DOOR
from tests.onboarding.test_waiting_papers import photo
from tests.sign_in import sign_in

FRIEND = "+84978000111"


def write_down(case, phone: str, actor, now) -> None:
    """The team changes the number of the household that it is opening an account for."""
    contact = Contact(case.household.head.full_name, phone, case.household.village_name)
    household = Household.objects.get(pk=case.household_id)
    correct_contact(
        household=household, version=household.version, contact=contact, actor=actor, now=now, team=case.team
    )
    case.household.refresh_from_db()


def put_in_doubt(sign: str, case, cast, now) -> None:
    if sign == MEMBER:
        write_down(case, cast.volunteer.phone, cast.volunteer, now)
    elif sign == NEIGHBOUR:
        add_member(household=cast.other_household, full_name="Bạn", phone=FRIEND, now=now, actor=cast.other_head)
        write_down(case, FRIEND, cast.volunteer, now)
    else:
        code = request_code(case=case, purpose="consent", actor=cast.volunteer, now=now)
        DoorstepCode.objects.filter(pk=code.pk).update(household=cast.household)


@pytest.mark.parametrize("sign", [MEMBER, NEIGHBOUR, CODES])
def test_neither_code_nor_paper_counts_until_an_operator_has_called(case, cast, now, sign):
    assert phone_doubt_of(case.household, now) == ""
    put_in_doubt(sign, case, cast, now)
    assert phone_doubt_of(case.household, now) == sign
    sent, text = OutgoingMessage.objects.count(), current_consent_text("vi", now.date())
    asked = {"case": case, "actor": cast.volunteer, "now": now}
    for refused in (
        lambda: request_code(purpose="consent", **asked),
        lambda: consent_by_code(code="271828", **asked),
        lambda: mandate_by_code(code="271828", **asked),
        lambda: consent_on_paper(text=text, photo=photo(), **asked),
        lambda: mandate_on_paper(scopes=["orders"], days=90, photo=photo(), **asked),
    ):
        with pytest.raises(PhoneInDoubt, match=str(WORDS[sign])):
            refused()
    assert (OutgoingMessage.objects.count(), Consent.objects.filter(household=case.household).exists()) == (sent, False)
    vouch_for_phone(household=case.household, version=case.household.version, operator=cast.operator, now=now)
    request_code(purpose="consent", terms={"text": text.pk}, **asked)
    consent_by_code(code=code_sent_to(case.household.phone), **asked)
    assert Consent.objects.get(household=case.household).given_how == "code"


def test_the_number_of_the_household_itself_is_never_in_doubt(case, cast, now):
    """Its own codes, and its own members, say nothing against it."""
    request_code(case=case, purpose="consent", actor=cast.volunteer, now=now)
    add_member(household=case.household, full_name="Con", phone=FRIEND, now=now, actor=cast.head)
    assert phone_doubt_of(case.household, now) == ""
    assert not households_in_doubt(now).exists()


def test_whoever_vouches_vouches_for_one_number_and_is_an_operator(case, cast, now):
    put_in_doubt(MEMBER, case, cast, now)
    household = case.household
    for who in (cast.volunteer, cast.leader, cast.head, cast.province_officer):
        with pytest.raises(NotAllowed):
            vouch_for_phone(household=household, version=household.version, operator=who, now=now)
    with pytest.raises(ChangedMeanwhile):
        vouch_for_phone(household=household, version=household.version - 1, operator=cast.operator, now=now)
    for _twice in range(2):
        vouch_for_phone(household=household, version=household.version, operator=cast.operator, now=now)
    assert phone_doubt_of(household, now) == ""
    [row] = AuditEntry.objects.filter(action="vouch_for_phone")
    assert (row.actor, row.capacity, row.household_code) == (cast.operator, "operator", household.code)
    assert household.phone not in str(row.changes)
    write_down(case, cast.leader.phone, cast.volunteer, now)
    assert phone_doubt_of(household, now) == MEMBER, "another number is judged anew"


def test_a_volunteer_does_not_come_in_by_her_own_number(client, case, cast, now):
    put_in_doubt(MEMBER, case, cast, now)
    sign_in(client, cast.volunteer)
    page = client.post(reverse("onboarding:claim"), follow=True)
    case.household.refresh_from_db()
    assert case.household.phone_confirmed_at is None
    assert "chưa có giá trị" in page.content.decode()


def test_pages_say_it_to_the_team_and_to_operators(client, case, cast, now):
    put_in_doubt(MEMBER, case, cast, now)
    sign_in(client, cast.volunteer)
    page = client.post(reverse("onboarding:consent", args=[case.pk]), follow=True)
    assert "thành viên tổ" in page.content.decode()
    sign_in(client, cast.operator)
    start, found = (client.get(reverse(f"operations:{name}")).content.decode() for name in ("start", "phones_in_doubt"))
    assert reverse("operations:phones_in_doubt") in start
    assert case.household.name in found
    assert case.household.phone not in found
    assert problems(found) == []
    address = reverse("operations:vouch_for_phone", args=[case.household.code])
    for version in ("", "²", "0"):
        client.post(address, {"version": version})
        assert phone_doubt_of(case.household, now) == MEMBER
    page = client.post(address, {"version": case.household.version}, follow=True).content.decode()
    assert case.household.name not in page
    assert phone_doubt_of(case.household, now) == ""


def test_the_list_asks_no_more_for_more_households(client, case, cast, now, django_assert_num_queries):
    put_in_doubt(MEMBER, case, cast, now)
    sign_in(client, cast.operator)
    address = reverse("operations:phones_in_doubt")
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number, member in enumerate((cast.leader, cast.other_volunteer)):
        more = replace(DOOR, key=f"more-{number}", phone=member.phone, head_name=f"Ma Thị {number}")
        open_case(opened=more, team=cast.team, actor=cast.volunteer, now=now)
    with django_assert_num_queries(len(one)):
        assert client.get(address).content.decode().count("<form") >= 3
