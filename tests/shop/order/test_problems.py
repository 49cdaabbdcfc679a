"""A buyer reports a problem from the order's page; it waits for an operator, who settles it with an answer."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from core.attempts import TooManyAttempts
from core.errors import NotAllowed, ReasonMissing
from core.models import AuditEntry
from messaging.models import OutgoingMessage
from shop.order.links import order_url
from shop.order.models import OrderProblem
from shop.order.problems import ProblemSettled, open_problems, report_problem, settle_problem
from tests.accessibility import problems
from tests.factories.orders import place
from tests.sign_in import sign_in


@pytest.fixture
def part(cast, tea, now):
    return place((tea, 2), commune=cast.commune, now=now).household_orders.get()


def report_page(part) -> str:
    return f"{order_url(part.order, now=timezone.now())}van-de/{part.number}/"


def test_a_report_reaches_the_operators_queue_and_its_answer_the_buyer(client, cast, part):
    assertContains(client.get(order_url(part.order, now=timezone.now())), report_page(part))
    said = client.post(report_page(part), {"kind": "damaged", "text": "Hai gói bị ẩm"}, follow=True)
    assertContains(said, "Người vận hành sẽ xem")
    problem = OrderProblem.objects.get()
    sign_in(client, cast.operator)
    assert client.get(reverse("operations:start")).context["waiting"].problems == 1
    assertContains(client.get(reverse("operations:problems")), part.number)
    page = reverse("operations:problem", args=[problem.pk])
    assertContains(client.get(page), "Hai gói bị ẩm")
    assert client.post(page, {"answer": " "}).status_code == 422
    assertRedirects(client.post(page, {"answer": "Hộ gửi lại hai gói."}), reverse("operations:problems"))
    told = OutgoingMessage.objects.get(key=f"problem-settled:{problem.pk}")
    assert (told.phone, "Hộ gửi lại hai gói." in told.text) == (part.order.buyer_phone, True)
    assertNotContains(client.get(reverse("operations:problems")), part.number)
    assert AuditEntry.objects.get(action="settle_problem").capacity == "operator"


def test_reported_again_it_is_written_anew_and_settled_once(cast, part, now):
    first = report_problem(household_order=part, kind="late", text="", now=now)
    again = report_problem(household_order=part, kind="goods", text="Thiếu một gói", now=now)
    assert first.pk == again.pk
    assert [(one.kind, one.text) for one in open_problems()] == [("goods", "Thiếu một gói")]
    settle_problem(problem=again, answer="Đã hoàn tiền.", operator=cast.operator, now=now)
    with pytest.raises(ProblemSettled):
        settle_problem(problem=again, answer="Khác.", operator=cast.operator, now=now)
    report_problem(household_order=part, kind="late", text="", now=now)
    assert OrderProblem.objects.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        OrderProblem.objects.create(household_order=part, kind="late", reported_at=now)


def test_who_settles_is_an_operator_and_says_what_was_done(cast, part, now):
    problem = report_problem(household_order=part, kind="late", text="", now=now)
    for user in (cast.head, cast.volunteer, cast.buyer):
        with pytest.raises(NotAllowed):
            settle_problem(problem=problem, answer="Xong.", operator=user, now=now)
    with pytest.raises(ReasonMissing):
        settle_problem(problem=problem, answer=" ", operator=cast.operator, now=now)


def test_what_cannot_be_is_said_with_all_that_was_typed(client, part):
    nothing = client.post(report_page(part), {"text": "Hàng đâu?"})
    assert nothing.status_code == 422
    assertContains(nothing, "Hàng đâu?", status_code=422)
    assert client.post(report_page(part), {"kind": "other", "text": " "}).status_code == 422
    assert not OrderProblem.objects.exists()
    assert problems(client.get(report_page(part)).content.decode()) == []


def test_reports_of_one_order_are_counted(part, now):
    for _each in range(10):
        report_problem(household_order=part, kind="late", text="", now=now)
    with pytest.raises(TooManyAttempts):
        report_problem(household_order=part, kind="late", text="", now=now)


def test_another_orders_part_is_not_reported_by_this_link(client, cast, tea, part, now):
    other = place((tea, 1), commune=cast.commune, now=now, phone="0987 654 322").household_orders.get()
    page = f"{order_url(part.order, now=timezone.now())}van-de/{other.number}/"
    assert client.post(page, {"kind": "late"}).status_code == 404
