"""What a household is told, gets and can have put right or erased of its own data, and by when."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import User
from catalog.models import Photo, Product
from core.models import AuditEntry
from households.access import Acting, NotAllowed, valid_mandates
from households.models import AccountEvent, Household, HouseholdMember, Mandate
from messaging.models import OutgoingMessage
from onboarding.models import Consent, DataRequest
from onboarding.services import (
    DataRequestRefused,
    OrdersUnderWay,
    ask_for_correction,
    ask_for_erasure,
    fulfil_correction,
    fulfil_erasure,
    refuse_request,
)
from shop.order.models import HouseholdOrder
from tests.factories.catalog import listing
from tests.factories.households import HouseholdFactory, MemberFactory, TeamMemberFactory
from tests.factories.onboarding import ConsentFactory
from tests.shop.order.audiences import ordered
from tests.sign_in import sign_in

OTHERS = ("volunteer", "leader", "other_head", "buyer", "stranger", "operator", "commune_officer")


@pytest.fixture
def erasure(cast, now) -> DataRequest:
    return ask_for_erasure(household=cast.household, actor=cast.head, now=now)


def test_request_is_answered_at_once_and_due_by_the_law(cast, erasure, now):
    told = OutgoingMessage.objects.get(key=f"data-request:{erasure.pk}")
    assert (told.phone, "29/10/2026" in told.text) == (cast.household.phone, True)
    assert erasure.due_at == now + timedelta(days=15)
    assert [erasure.is_late(erasure.due_at + away) for away in (timedelta(seconds=-1), timedelta(0))] == [False, True]
    assert ask_for_erasure(household=cast.household, actor=cast.head, now=now) == erasure  # asked twice is asked once
    with pytest.raises(IntegrityError), transaction.atomic():
        DataRequest.objects.create(
            household=cast.household, kind="erasure", asked_by=cast.head, asked_at=now, due_at=now
        )


@pytest.mark.parametrize("name", OTHERS)
def test_only_the_household_asks(cast, now, name):
    for ask in (
        lambda who: ask_for_erasure(household=cast.household, actor=who, now=now),
        lambda who: ask_for_correction(household=cast.household, words="Sai tên", actor=who, now=now),
    ):
        with pytest.raises(NotAllowed):
            ask(getattr(cast, name))


@pytest.mark.parametrize("name", [name for name in OTHERS if name != "operator"] + ["head"])
def test_only_an_operator_answers(cast, erasure, now, name):
    who = getattr(cast, name)
    for answer in (
        lambda: fulfil_erasure(request=erasure, operator=who, now=now),
        lambda: refuse_request(request=erasure, reason="Không", operator=who, now=now),
    ):
        with pytest.raises(NotAllowed):
            answer()
    erasure.refresh_from_db()
    assert erasure.outcome == DataRequest.Outcome.OPEN


def test_copy_holds_what_is_held_and_nothing_of_buyers(client, cast, now):
    ConsentFactory(household=cast.household)
    part = ordered(cast)
    sign_in(client, cast.head)
    answer = client.post(reverse("onboarding:own_data_copy", args=[cast.household.code]))
    text = answer.content.decode()
    copy = json.loads(text)
    assert "no-store" in answer["Cache-Control"]
    assert copy["household"][0]["phone"] == cast.household.phone
    assert copy["members"][0]["full_name"] == cast.head.full_name
    assert [row["number"] for row in copy["orders"]] == [part.number]
    assert copy["mandates"][0]["team__name"] == cast.team.name
    assert copy["consents"][0]["text__body"]
    assert {"messages", "log", "photos", "listings", "requests", "cases", "account_events"} <= copy.keys()
    assert part.order.buyer_phone not in text
    assert part.order.shipping_address.first_name not in text
    assert cast.other_household.code not in text
    assert AuditEntry.objects.get(action="copy_data").actor == cast.head


def test_operator_puts_right_and_the_household_reads_it(cast, now):
    sign_in(page := Client(), cast.head)
    url = reverse("onboarding:own_data", args=[cast.household.code])
    assertContains(page.post(url, {"words": " "}), 'aria-invalid="true"')
    page.post(url, {"words": "Tên tôi là Nguyễn Thị Hòa"})
    asked = DataRequest.objects.get()
    sign_in(desk := Client(), cast.operator)
    assertContains(desk.get(reverse("operations:data_requests")), cast.household.name)
    office = reverse("operations:data_request", args=[asked.pk])
    assertContains(desk.get(office), "Nguyễn Thị Hòa")
    typed = {"head_name": "Nguyễn Thị Hòa", "village_name": "Xóm Hồng Thái", "answer": "Đã sửa tên."}
    desk.post(office, {**typed, "fulfil": ""})
    assert HouseholdMember.objects.get(household=cast.household).full_name == "Nguyễn Thị Hòa"
    assert AuditEntry.objects.get(action="correct_contact").capacity == "operator"
    assertContains(page.get(url), "Đã sửa tên.")
    assertNotContains(desk.get(reverse("operations:data_requests")), cast.household.name)
    with pytest.raises(DataRequestRefused):
        fulfil_correction(request=asked, head_name="A", village_name="B", answer="x", operator=cast.operator, now=now)


def test_refusal_needs_a_reason_and_erases_nothing(cast, erasure, now):
    sign_in(desk := Client(), cast.operator)
    office = reverse("operations:data_request", args=[erasure.pk])
    assert desk.post(office, {"answer": " ", "refuse": ""}).status_code == 422
    desk.post(office, {"answer": "Đang có tranh chấp.", "refuse": ""})
    erasure.refresh_from_db()
    assert (erasure.outcome, erasure.answered_by) == (DataRequest.Outcome.REFUSED, cast.operator)
    assert Household.objects.get(pk=cast.household.pk).phone == cast.household.phone
    assert OutgoingMessage.objects.get(key=f"data-answer:{erasure.pk}").text.endswith("Đang có tranh chấp.")


def test_orders_under_way_come_first(cast, erasure, now):
    part = ordered(cast)
    for act in (
        lambda: ask_for_erasure(household=cast.household, actor=cast.head, now=now),
        lambda: fulfil_erasure(request=erasure, operator=cast.operator, now=now),
    ):
        with pytest.raises(OrdersUnderWay):
            act()
    HouseholdOrder.objects.filter(pk=part.pk).update(state="delivered")
    fulfil_erasure(request=erasure, operator=cast.operator, now=now)


def test_erasure_takes_what_may_go(cast, now, client):
    consent = ConsentFactory(household=cast.household)
    consent.evidence.save("giay.jpg", ContentFile(b"signed"))
    cast.mandate.evidence.save("giay.jpg", ContentFile(b"signed"))
    files = [
        (consent.evidence.storage, consent.evidence.name),
        (cast.mandate.evidence.storage, cast.mandate.evidence.name),
    ]
    tea = listing(Acting(cast.head, cast.household), now)
    Product.objects.filter(pk=tea.pk).update(description="Nhà Hoa, số 0912 000 001")
    name, phone = cast.head.full_name, cast.household.phone
    request = ask_for_erasure(household=cast.household, actor=cast.head, now=now)
    fulfil_erasure(request=request, operator=cast.operator, now=now + timedelta(days=1))
    household = Household.objects.get(pk=cast.household.pk)
    held = [household.name, household.story, household.phone, household.search_text]
    held += HouseholdMember.objects.filter(household=household).values_list("full_name", flat=True)
    head = User.objects.get(pk=cast.head.pk)
    held += [head.full_name, head.phone, Product.objects.get(pk=tea.pk).description]
    assert not [text for text in held if name in text or phone in text or "Hoa" in text or "0912" in text]
    assert (head.is_active, household.has_open_account, household.is_selling) == (False, False, False)
    assert not OutgoingMessage.objects.filter(phone=phone).exists()
    assert not Photo.objects.filter(listing=tea).exists()
    assert not [file for storage, file in files if storage.exists(file)]
    assert not valid_mandates(now + timedelta(days=2)).filter(household=household).exists()


def test_erasure_keeps_what_must_be_kept(cast, now):
    ConsentFactory(household=cast.household)
    part = ordered(cast)
    HouseholdOrder.objects.filter(pk=part.pk).update(state="delivered")
    totals = (part.goods_total, part.shipping_charge)
    rows = AuditEntry.objects.filter(household_code=cast.household.code).count()
    request = ask_for_erasure(household=cast.household, actor=cast.head, now=now)
    fulfil_erasure(request=request, operator=cast.operator, now=now)
    kept = HouseholdOrder.objects.get(pk=part.pk)
    assert ((kept.goods_total, kept.shipping_charge), kept.lines.count()) == (totals, 1)
    assert AuditEntry.objects.filter(household_code=cast.household.code).count() > rows
    assert AccountEvent.objects.filter(household=cast.household, kind=AccountEvent.Kind.CLOSED).exists()
    assert Consent.objects.get().withdrawn_at == now
    assert Mandate.objects.filter(household=cast.household).exists()
    household = Household.objects.get(pk=cast.household.pk)
    assert (household.commune, household.code) == (cast.commune, cast.household.code)


def test_account_of_a_person_who_is_more_here_stays(cast, erasure, now):
    TeamMemberFactory(team=cast.other_team, user=cast.head)
    second = HouseholdFactory()
    neighbour = MemberFactory(household=cast.household, user=second.head.user, full_name="Lò Văn Pao").user
    fulfil_erasure(request=erasure, operator=cast.operator, now=now)
    for user in (cast.head, neighbour):
        user.refresh_from_db()
        assert user.is_active
    assert not HouseholdMember.objects.filter(household=cast.household).exclude(user=None).exists()


def test_list_of_requests_asks_the_database_as_often_for_more(cast, now, erasure):
    sign_in(desk := Client(), cast.operator)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.get(reverse("operations:data_requests"))
        return len(queries)

    first = asked()
    for _more in range(3):
        household = HouseholdFactory()
        ask_for_correction(household=household, words="Sai", actor=household.head.user, now=now)
    assert asked() == first
