"""A household's part from the question to the doorstep: who may take which step, and what each does to the stock."""

from __future__ import annotations

import pytest

from core.errors import ReasonMissing
from core.models import AuditEntry, Capacity
from households.access import Acting, NotAllowed
from households.models import Act
from messaging.models import OutgoingMessage
from shop.order.models import HouseholdOrderState as State
from shop.order.services import (
    StepNotAllowed,
    answer_household_order,
    cancel_household_order,
    mark_delivered,
    mark_returned,
    mark_sent,
)
from shop.order.states import FOLLOWS
from shop.order.taking_back import take_back_answer, take_back_cancellation
from tests.factories.orders import place, stock_of


@pytest.fixture
def part(cast, now, tea):
    return place((tea, 4), commune=cast.commune, now=now).household_orders.get()


@pytest.fixture
def acting(cast):
    return Acting(cast.head, cast.household)


def test_accepting_is_a_sale_told_to_the_buyer(part, acting, now, tea):
    answer_household_order(household_order=part, acting=acting, accept=True, now=now)
    part.refresh_from_db()
    assert (part.state, stock_of(tea)) == (State.ACCEPTED, (10, 4))
    assert set(Act.objects.values_list("kind", flat=True)) == {Act.Kind.EXCHANGE, Act.Kind.SALE}
    assert OutgoingMessage.objects.filter(key=f"order-step:{part.number}:{part.events.last().pk}").exists()


def test_a_step_by_the_team_keeps_both_names(part, cast, now):
    acting = Acting(cast.volunteer, cast.household, cast.team)
    answer_household_order(household_order=part, acting=acting, accept=True, now=now)
    event = part.events.last()
    assert (event.actor, event.team) == (cast.volunteer, cast.team)
    assert {act.team for act in Act.objects.all()} == {cast.team}
    row = AuditEntry.objects.get(action="household_order_accepted", subject_id=str(part.pk))
    assert (row.actor, row.team_id, row.household_code) == (cast.volunteer, cast.team.pk, cast.household.code)
    assert row.changes == {"state": ["new", "accepted"]}


def test_declining_gives_the_stock_back(part, acting, now, tea):
    answer_household_order(household_order=part, acting=acting, accept=False, reason="Hết hàng vì mưa", now=now)
    assert (part.events.last().note, stock_of(tea)) == ("Hết hàng vì mưa", (10, 0))


def messages_to(phone: str) -> list[str]:
    return list(OutgoingMessage.objects.filter(phone=phone).order_by("pk").values_list("text", flat=True))


@pytest.mark.parametrize(
    ("tracking_number", "sent"), [("VN123", "đang trên đường, mã vận đơn VN123."), ("", "đang trên đường.")]
)
def test_the_buyer_is_told_of_each_step_once(part, acting, now, tracking_number, sent):
    answer_household_order(household_order=part, acting=acting, accept=True, now=now)
    mark_sent(household_order=part, acting=acting, tracking_number=tracking_number, now=now)
    mark_delivered(household_order=part, acting=acting, now=now)
    told = messages_to(part.order.buyer_phone)[1:]
    assert told == [
        f"Trà nhà Hoa đã nhận đơn {part.number} và đang chuẩn bị hàng.",
        f"Đơn {part.number} của Trà nhà Hoa {sent}",
    ]


def test_the_buyer_is_told_why_a_household_cannot_deliver(part, acting, now):
    answer_household_order(household_order=part, acting=acting, accept=False, reason="Hết hàng vì mưa", now=now)
    (told,) = messages_to(part.order.buyer_phone)[1:]
    assert told.startswith(f"Trà nhà Hoa không giao được đơn {part.number}: Hết hàng vì mưa. ")


def test_the_household_is_told_that_the_buyer_cancelled(part, now):
    cancel_household_order(household_order=part, now=now)
    assert messages_to(part.household.phone)[1:] == [f"Người mua đã hủy đơn {part.number}. Không cần gửi hàng."]


def test_declining_needs_a_reason(part, acting, now):
    with pytest.raises(ReasonMissing):
        answer_household_order(household_order=part, acting=acting, accept=False, reason=" ", now=now)


def test_an_accepted_order_may_still_be_declined_before_it_leaves(part, acting, now, tea):
    answer_household_order(household_order=part, acting=acting, accept=True, now=now)
    answer_household_order(household_order=part, acting=acting, accept=False, reason="Bão", now=now)
    assert stock_of(tea) == (10, 0)


def test_sending_uses_the_stock_up(part, acting, now, tea):
    answer_household_order(household_order=part, acting=acting, accept=True, now=now)
    mark_sent(household_order=part, acting=acting, tracking_number="VN123", now=now)
    mark_delivered(household_order=part, acting=acting, now=now)
    part.refresh_from_db()
    assert (part.state, part.tracking_number, stock_of(tea)) == (State.DELIVERED, "VN123", (6, 0))
    assert [event.state for event in part.events.all()] == ["new", "accepted", "sent", "delivered"]


def test_a_returned_parcel_does_not_fill_the_stock_again(part, acting, now, tea):
    answer_household_order(household_order=part, acting=acting, accept=True, now=now)
    mark_sent(household_order=part, acting=acting, now=now)
    mark_returned(household_order=part, acting=acting, reason="Không ai nhận", now=now)
    assert stock_of(tea) == (6, 0)


def test_the_buyer_cancels_while_the_household_has_not_answered(part, now, tea):
    cancel_household_order(household_order=part, now=now)
    part.refresh_from_db()
    assert (part.state, stock_of(tea)) == (State.CANCELLED, (10, 0))


def test_the_buyer_cannot_cancel_what_was_accepted(part, acting, now):
    answer_household_order(household_order=part, acting=acting, accept=True, now=now)
    with pytest.raises(StepNotAllowed):
        cancel_household_order(household_order=part, now=now)


def test_the_same_step_twice_changes_nothing(part, acting, now, tea):
    for _click in range(2):
        answer_household_order(household_order=part, acting=acting, accept=False, reason="Hết", now=now)
        part.refresh_from_db()
    assert (part.events.count(), stock_of(tea)) == (2, (10, 0))


def test_another_household_cannot_answer(part, cast, now):
    with pytest.raises(NotAllowed):
        answer_household_order(
            household_order=part, acting=Acting(cast.other_head, cast.other_household), accept=True, now=now
        )


def test_a_sent_order_cannot_be_declined(part, acting, now):
    answer_household_order(household_order=part, acting=acting, accept=True, now=now)
    mark_sent(household_order=part, acting=acting, now=now)
    with pytest.raises(StepNotAllowed):
        answer_household_order(household_order=part, acting=acting, accept=False, reason="Hết", now=now)


def test_every_state_says_what_may_follow():
    assert set(FOLLOWS) == set(State)


@pytest.mark.parametrize(
    ("who", "right", "capacity"),
    [
        ("head", {}, Capacity.HOUSEHOLD),
        ("volunteer", {"team": True}, Capacity.TEAM),
        ("operator", {"is_operator": True}, Capacity.OPERATOR),
    ],
)
def test_the_audit_says_in_which_right_an_order_is_moved(cast, tea, now, who, right, capacity):
    acting = Acting(getattr(cast, who), cast.household, **(right | ({"team": cast.team} if "team" in right else {})))
    part = place((tea, 1), commune=cast.commune, now=now).household_orders.get()
    answer_household_order(household_order=part, acting=acting, accept=False, reason="Hết hàng", now=now)
    take_back_answer(household_order=part, acting=acting, now=now)
    answer_household_order(household_order=part, acting=acting, accept=True, now=now)
    mark_sent(household_order=part, acting=acting, now=now)
    rows = AuditEntry.objects.filter(subject_type="order.householdorder", subject_id=str(part.pk)).order_by("pk")
    assert [(row.action, row.capacity) for row in rows] == [
        ("household_order_declined", capacity),
        ("take_back_step", capacity),
        ("household_order_accepted", capacity),
        ("household_order_sent", capacity),
    ]


def test_a_buyer_who_cancels_acts_for_no_household(cast, tea, now):
    part = place((tea, 1), commune=cast.commune, now=now).household_orders.get()
    cancel_household_order(household_order=part, now=now, actor=cast.buyer)
    take_back_cancellation(household_order=part, now=now, actor=cast.buyer)
    rows = AuditEntry.objects.filter(subject_type="order.householdorder", subject_id=str(part.pk))
    assert [row.capacity for row in rows] == ["", ""]
