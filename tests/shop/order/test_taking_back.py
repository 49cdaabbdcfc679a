"""What was just done to an order is taken back for half an hour, as long as nothing depends on it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.conf import settings
from django.db import IntegrityError, transaction

from core.models import AuditEntry
from households.access import Acting, NotAllowed
from households.models import Act
from messaging.models import MessageState, OutgoingMessage
from messaging.tasks import deliver_waiting
from shop.order.links import order_url
from shop.order.models import HouseholdOrderEvent
from shop.order.models import HouseholdOrderState as State
from shop.order.services import (
    answer_household_order,
    cancel_household_order,
    mark_delivered,
    mark_returned,
    mark_sent,
)
from shop.order.taking_back import CannotTakeBack, take_back_answer, take_back_cancellation
from shop.order.tasks import sweep_final_declines, sweep_overdue_orders
from shop.payment.booking import MoneyWentBack
from shop.payment.gateways.pretend import pay_pretend_charge
from shop.payment.models import PaymentMovement, PaymentState, PretendCharge
from shop.payment.services import close_unpaid, return_money, settle, start_payment
from shop.payment.tasks import sweep_due_refunds
from tests.accessibility import problems
from tests.factories.orders import past_taking_back, place, stock_of
from tests.sign_in import sign_in

SOON = timedelta(minutes=29)


@pytest.fixture
def order(cast, now, tea):
    return place((tea, 4), commune=cast.commune, now=now)


@pytest.fixture
def part(order):
    return order.household_orders.get()


@pytest.fixture
def own(cast):
    return Acting(cast.head, cast.household)


@pytest.fixture
def helped(cast):
    return Acting(cast.volunteer, cast.household, cast.team)


@pytest.fixture
def decline(part, own, now):
    return partial(answer_household_order, household_order=part, acting=own, accept=False, reason="Mưa", now=now)


@pytest.fixture
def arrive(part, own, now):
    """The part is accepted, sent and noted as arrived by ``acting``."""

    def arrived(acting: Acting = own) -> None:
        answer_household_order(household_order=part, acting=acting, accept=True, now=now)
        mark_sent(household_order=part, acting=acting, now=now)
        mark_delivered(household_order=part, acting=acting, now=now)

    return arrived


def state_of(part) -> str:
    part.refresh_from_db()
    return part.state


def test_a_cancellation_is_taken_back_with_its_stock_and_its_history(part, tea, now, cast):
    cancel_household_order(household_order=part, now=now)
    assert stock_of(tea) == (10, 0)
    take_back_cancellation(household_order=part, now=now + SOON, actor=cast.buyer)
    assert (state_of(part), stock_of(tea)) == (State.NEW, (10, 4))
    new, cancelled, back = part.events.all()
    assert (new.state, cancelled.state, back.state) == ("new", "cancelled", "new")
    assert (back.takes_back, back.actor, cancelled.taken_back_by) == (cancelled, cast.buyer, back)
    row = AuditEntry.objects.get(action="take_back_step", subject_id=part.pk)
    assert (row.actor, row.changes) == (cast.buyer, {"state": ["cancelled", "new"]})


@pytest.mark.parametrize("accepted", [False, True])
def test_a_decline_is_taken_back_to_where_the_order_stood(part, own, tea, now, decline, accepted):
    if accepted:
        answer_household_order(household_order=part, acting=own, accept=True, now=now)
    decline()
    take_back_answer(household_order=part, acting=own, now=now + SOON)
    assert (state_of(part), stock_of(tea)) == (State.ACCEPTED if accepted else State.NEW, (10, 4))


def test_a_return_is_taken_back_too(part, own, now, tea, order):
    answer_household_order(household_order=part, acting=own, accept=True, now=now)
    mark_sent(household_order=part, acting=own, now=now)
    mark_returned(household_order=part, acting=own, reason="Không ai nhận", now=now)
    take_back_answer(household_order=part, acting=own, now=now + SOON)
    assert (state_of(part), stock_of(tea)) == (State.SENT, (6, 0))
    order.payment.refresh_from_db()
    assert order.payment.state == PaymentState.PENDING


def test_cash_of_an_arrival_that_was_taken_back_is_booked_once_when_it_arrives(part, own, now, arrive, order):
    arrive()
    take_back_answer(household_order=part, acting=own, now=now + SOON)
    order.payment.refresh_from_db()
    assert (order.payment.received, order.payment.state) == (0, PaymentState.PENDING)
    for again in range(2):
        mark_delivered(household_order=part, acting=own, now=now + SOON)
        order.payment.refresh_from_db()
        assert (order.payment.received, order.payment.state) == (order.total, PaymentState.PAID)
        if again == 0:
            take_back_answer(household_order=part, acting=own, now=now + SOON)
    kinds = PaymentMovement.objects.values_list("kind", flat=True)
    assert sorted(kinds) == ["received"] * 3 + ["reversed"] * 2


@pytest.mark.parametrize("late", [timedelta(minutes=settings.TAKE_BACK_MINUTES), timedelta(days=1)])
def test_after_half_an_hour_it_stands(part, own, now, late, tea):
    cancel_household_order(household_order=part, now=now)
    with pytest.raises(CannotTakeBack):
        take_back_cancellation(household_order=part, now=now + late)
    assert (state_of(part), stock_of(tea)) == (State.CANCELLED, (10, 0))


def test_what_is_sold_meanwhile_is_said_and_stays_cancelled(part, cast, tea, now):
    cancel_household_order(household_order=part, now=now)
    place((tea, 8), commune=cast.commune, now=now, phone="0912 345 678")
    with pytest.raises(CannotTakeBack, match="Chỉ còn 2"):
        take_back_cancellation(household_order=part, now=now + SOON)
    assert (state_of(part), stock_of(tea), part.events.count()) == (State.CANCELLED, (10, 8), 2)
    assert OutgoingMessage.objects.filter(state=MessageState.WITHDRAWN).count() == 0


def test_each_takes_back_only_what_is_theirs(part, own, helped, cast, now, decline):
    cancel_household_order(household_order=part, now=now)
    with pytest.raises(NotAllowed):
        take_back_answer(household_order=part, acting=own, now=now)
    take_back_cancellation(household_order=part, now=now)
    decline()
    with pytest.raises(CannotTakeBack):
        take_back_cancellation(household_order=part, now=now)
    stranger = Acting(cast.other_head, cast.other_household)
    for acting in (helped, stranger):
        with pytest.raises(NotAllowed):
            take_back_answer(household_order=part, acting=acting, now=now)
    assert state_of(part) == State.DECLINED


def test_the_household_takes_back_what_its_volunteer_did_and_another_volunteer_does_not(
    part, own, helped, cast, now, arrive
):
    arrive(helped)
    leader = Acting(cast.leader, cast.household, cast.team)
    with pytest.raises(NotAllowed):
        take_back_answer(household_order=part, acting=leader, now=now)
    take_back_answer(household_order=part, acting=helped, now=now)
    mark_delivered(household_order=part, acting=helped, now=now)
    take_back_answer(household_order=part, acting=own, now=now)
    assert state_of(part) == State.SENT


def test_nothing_is_taken_back_twice_nor_what_came_before(part, own, now, decline):
    decline()
    take_back_answer(household_order=part, acting=own, now=now)
    with pytest.raises(CannotTakeBack):
        take_back_answer(household_order=part, acting=own, now=now)
    declined = part.events.get(state=State.DECLINED)
    with pytest.raises(IntegrityError), transaction.atomic():
        HouseholdOrderEvent.objects.create(household_order=part, state=State.NEW, at=now, takes_back=declined)


def test_an_unpaid_order_that_was_given_up_is_not_taken_back(cast, tea, now):
    order = place((tea, 1), commune=cast.commune, now=now, payment_method="card")
    close_unpaid(order=order, now=now)
    with pytest.raises(CannotTakeBack):
        take_back_cancellation(household_order=order.household_orders.get(), now=now)


def test_what_ended_by_itself_is_not_taken_back(own, part, now, django_capture_on_commit_callbacks):
    with time_machine.travel(now + timedelta(hours=72), tick=False), django_capture_on_commit_callbacks(execute=True):
        sweep_overdue_orders.delay()
    assert state_of(part) == State.UNANSWERED
    for take_back in (partial(take_back_answer, acting=own), take_back_cancellation):
        with pytest.raises(CannotTakeBack):
            take_back(household_order=part, now=now + timedelta(hours=72))


def test_the_clock_of_the_answer_begins_anew(part, own, now, django_capture_on_commit_callbacks, decline):
    answer_household_order(
        household_order=part, acting=own, accept=False, reason="Mưa", now=now + timedelta(hours=71, minutes=50)
    )
    take_back_answer(household_order=part, acting=own, now=now + timedelta(hours=72))
    with time_machine.travel(now + timedelta(hours=73), tick=False), django_capture_on_commit_callbacks(execute=True):
        sweep_overdue_orders.delay()
    assert state_of(part) == State.NEW


@pytest.fixture
def answers(django_capture_on_commit_callbacks):
    """How many answers count for the household once the periodic task has run then."""

    def counted(at) -> int:
        with time_machine.travel(at, tick=False), django_capture_on_commit_callbacks(execute=True):
            sweep_final_declines.delay()
        return Act.objects.filter(kind=Act.Kind.EXCHANGE).count()

    return counted


def test_a_decline_is_an_answer_once_it_stands(part, own, helped, now, decline, answers):
    answer_household_order(household_order=part, acting=helped, accept=False, reason="Mưa", now=now)
    assert [answers(now + SOON), answers(past_taking_back(now)), answers(past_taking_back(now))] == [0, 1, 1]
    act = Act.objects.get()
    assert (act.happened_at, act.learned_at, act.actor) == (now, past_taking_back(now), helped.user)
    assert act.team == helped.team


def test_a_decline_that_was_taken_back_is_no_answer_and_one_act_stands_for_both(part, own, now, decline, answers):
    decline()
    take_back_answer(household_order=part, acting=own, now=now + SOON)
    assert answers(past_taking_back(now)) == 0
    answer_household_order(household_order=part, acting=own, accept=True, now=now + SOON)
    assert answers(past_taking_back(now)) == 1
    answer_household_order(household_order=part, acting=own, accept=False, reason="Bão", now=now + SOON)
    assert answers(past_taking_back(now) + SOON) == 1


@pytest.fixture
def delivering(sent, django_capture_on_commit_callbacks):
    """What has left for this phone when the outbox is looked at then."""

    def delivered(at, phone: str, about: str) -> list[str]:
        with time_machine.travel(at, tick=False), django_capture_on_commit_callbacks(execute=True):
            deliver_waiting.delay()
        return [text for to, text, _key in sent if to == phone and about in text]

    return delivered


def test_the_other_side_is_told_only_when_it_stands(part, own, order, now, decline, delivering):
    decline()
    told = partial(delivering, phone=order.buyer_phone, about="không giao được")
    assert told(now + SOON) == []
    assert len(told(past_taking_back(now))) == 1


def test_nobody_is_told_of_what_was_taken_back_and_a_second_decline_is_told(part, own, order, now, decline, delivering):
    decline()
    take_back_answer(household_order=part, acting=own, now=now + SOON)
    told = partial(delivering, phone=order.buyer_phone, about="không giao được")
    assert told(past_taking_back(now)) == []
    decline()
    assert len(told(past_taking_back(now))) == 1


def test_a_household_that_was_told_of_the_cancellation_is_not_called_back(part, now):
    """Where the setting was longer when the order was cancelled than it is now."""
    cancel_household_order(household_order=part, now=now)
    OutgoingMessage.objects.filter(phone=part.household.phone).update(state=MessageState.SENT, next_attempt_at=None)
    with pytest.raises(CannotTakeBack, match="đã được báo"):
        take_back_cancellation(household_order=part, now=now + SOON)


@pytest.fixture
def paid(cast, tea, honey, now):
    """Paid by card, of two households."""
    order = place((tea, 1), (honey, 1), commune=cast.commune, now=now, payment_method="card")
    start_payment(order=order, now=now)
    pay_pretend_charge(PretendCharge.objects.get().reference)
    settle(payment=order.payment, now=now)
    return order


def test_money_goes_back_only_when_nothing_can_be_taken_back(paid, now, django_capture_on_commit_callbacks):
    part = paid.household_orders.first()
    cancel_household_order(household_order=part, now=now)
    refunded = []
    for at in (now + SOON, past_taking_back(now)):
        with time_machine.travel(at, tick=False), django_capture_on_commit_callbacks(execute=True):
            assert sweep_due_refunds() == (0 if at == now + SOON else 1)
            return_money(payment=paid.payment, now=at)
        paid.payment.refresh_from_db()
        refunded.append(paid.payment.refunded)
    assert refunded == [0, part.total]


def test_money_of_what_was_taken_back_stays(paid, now):
    cancel_household_order(household_order=paid.household_orders.first(), now=now)
    take_back_cancellation(household_order=paid.household_orders.first(), now=now + SOON)
    return_money(payment=paid.payment, now=past_taking_back(now))
    paid.payment.refresh_from_db()
    assert (paid.payment.state, paid.payment.refunded) == (PaymentState.PAID, 0)


def test_money_that_is_on_its_way_back_is_said(paid, now, settings):
    """Where the time to take back was made longer meanwhile."""
    part, later = paid.household_orders.first(), past_taking_back(now)
    cancel_household_order(household_order=part, now=now)
    return_money(payment=paid.payment, now=later)
    settings.TAKE_BACK_MINUTES = 60
    with pytest.raises(MoneyWentBack):
        take_back_cancellation(household_order=part, now=later)
    assert state_of(part) == State.CANCELLED


# The pages


def text(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


def test_the_buyer_is_asked_once_and_may_take_it_back_on_the_page(client, order, part, now):
    page = order_url(order, now=now)
    with time_machine.travel(now, tick=False):
        asked = client.post(f"{page}huy/{part.number}/")
        assert "Hủy phần đơn của Trà nhà Hoa?" in text(asked)
        assert "30 phút" in text(asked)
        assert problems(text(asked)) == []
        assert state_of(part) == State.NEW
        done = client.post(f"{page}huy/{part.number}/", {"sure": "1", "why": "mistake"}, follow=True)
        assert "cho tới 09:30" in text(done)
        assert f"{page}lay-lai/{part.number}/" in text(done)
        back = client.post(f"{page}lay-lai/{part.number}/", follow=True)
        assert "đơn trở về như trước" in text(back)
        assert "lay-lai" not in text(back)
        assert "Đã lấy lại, trở về: đang chờ hộ trả lời" in text(back)
    assert state_of(part) == State.NEW
    cancel_household_order(household_order=part, now=now)
    with time_machine.travel(past_taking_back(now), tick=False):
        assert "lay-lai" not in text(client.get(page))
        assert "Không lấy lại được nữa" in text(client.post(f"{page}lay-lai/{part.number}/", follow=True))


@pytest.mark.parametrize(
    ("step", "state"), [("decline", "declined"), ("delivered", "delivered"), ("returned", "returned")]
)
def test_the_household_is_asked_once_and_may_take_it_back_on_the_page(client, cast, part, own, now, step, state):
    sign_in(client, cast.head)
    if step != "decline":
        answer_household_order(household_order=part, acting=own, accept=True, now=now)
        mark_sent(household_order=part, acting=own, now=now)
    before, address = state_of(part), f"/don-ho/{part.number}/tra-loi/"
    with time_machine.travel(now, tick=False):
        asked = client.post(address, {"step": step, "reason": "Mưa to"})
        assert state_of(part) == before
        assert "30 phút" in text(asked)
        assert problems(text(asked)) == []
        assert ('value="Mưa to"' in text(asked)) == (step != "delivered")
        done = client.post(address, {"step": step, "sure": "1", "reason": "Mưa to"}, follow=True)
        assert state_of(part) == state
        assert "Bấm nhầm?" in text(done)
        back = client.post(address, {"step": "take_back"}, follow=True)
        assert "Bấm nhầm?" not in text(back)
    assert state_of(part) == before


def test_who_may_not_take_it_back_is_offered_no_button(client, cast, part, own, decline, now):
    decline()
    sign_in(client, cast.volunteer)
    with time_machine.travel(now, tick=False):
        assert "Bấm nhầm?" not in text(client.get(f"/don-ho/{part.number}/"))
        refused = client.post(f"/don-ho/{part.number}/tra-loi/", {"step": "take_back"}, follow=True)
    assert "Chỉ hộ, hoặc người đã làm việc này" in text(refused)
    assert state_of(part) == State.DECLINED
