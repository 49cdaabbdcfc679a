"""What households and buyers are told by text message about an order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.dateformat import format as date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from core.money import show_dong
from core.periods import vietnam_date
from messaging.services import NewMessage, send_message, withdraw_message
from shop.order import states
from shop.order.links import order_url
from shop.order.models import HouseholdOrder, HouseholdOrderEvent, HouseholdOrderState, Line, Order

MAX_CHARACTERS = 500


def new_order_message(part: HouseholdOrder, lines: Iterable[Line]) -> NewMessage:
    """What a household is told of a new order."""
    with translation.override(settings.LANGUAGE_CODE):
        goods = ", ".join(f"{line.quantity} {line.get_sale_unit_display()} {line.title}" for line in lines)
        text = _("New order %(number)s: %(goods)s. Total of goods %(total)s. Answer at %(address)s") % {
            "number": part.number,
            "goods": goods if len(goods) < 280 else goods[:279] + "…",
            "total": show_dong(part.goods_total),
            "address": _part_address(part),
        }
    return NewMessage(phone=part.household.phone, text=text[:MAX_CHARACTERS], key=f"order-new:{part.number}")


def tell_household_of_waiting_order(part: HouseholdOrder, now: datetime) -> None:
    """At most one reminder for each day in Vietnam: the day is in its key."""
    day = vietnam_date(now)
    with translation.override(settings.LANGUAGE_CODE):
        text = _(
            "Order %(number)s is still waiting for your answer and ends by itself at %(time)s. Accept or decline at "
            "%(address)s"
        ) % {
            "number": part.number,
            "time": date_format(localtime(part.answer_by), "H:i d/m"),
            "address": _part_address(part),
        }
        _send(part.household.phone, text, f"order-remind:{part.number}:{day}", now)


def placement_message(order: Order, now: datetime) -> NewMessage:
    """What the buyer is told of a new order."""
    text = _("Chợ Nhà Nông has received your order %(number)s, %(total)s. Follow it at %(address)s") % {
        "number": order.number,
        "total": show_dong(int(order.total_incl_tax)),
        "address": settings.SITE_URL + order_url(order, now=now),
    }
    return NewMessage(phone=order.buyer_phone, text=text[:MAX_CHARACTERS], key=f"order-placed:{order.number}")


def tell_buyer_of_step(step: HouseholdOrderEvent) -> None:
    """One message when a household's part is accepted, declined, sent or has ended without an answer."""
    text = _step_text(step.household_order, step.note)
    if text:
        _send(step.household_order.order.buyer_phone, text, _key_of(step), step.at, after=_time_to_take_back(step))


def withdraw_notice_of(step: HouseholdOrderEvent) -> bool:
    """The other side is not told of a step that is taken back; False when it has been told."""
    return withdraw_message(key=_key_of(step))


def _key_of(step: HouseholdOrderEvent) -> str:
    return f"order-step:{step.household_order.number}:{step.pk}"


def _time_to_take_back(step: HouseholdOrderEvent) -> timedelta:
    """How long the other side is not told yet, since the step may be taken back."""
    is_final = step.state not in states.CAN_BE_TAKEN_BACK
    return timedelta(0) if is_final else timedelta(minutes=settings.TAKE_BACK_MINUTES)


def _step_text(part: HouseholdOrder, note: str) -> str:
    words = {"household": part.household.name, "number": part.number, "reason": note, "tracking": part.tracking_number}
    with translation.override(settings.LANGUAGE_CODE):
        match part.state:
            case HouseholdOrderState.ACCEPTED:
                return _("%(household)s has accepted order %(number)s and is preparing it.") % words
            case HouseholdOrderState.DECLINED:
                return _("%(household)s cannot deliver order %(number)s: %(reason)s. You pay nothing for it.") % words
            case HouseholdOrderState.UNANSWERED:
                return (
                    _(
                        "%(household)s has not answered order %(number)s in time, so it has ended. You pay nothing for "
                        "it; what you paid by card comes back."
                    )
                    % words
                )
            case HouseholdOrderState.SENT if part.tracking_number:
                return _("Order %(number)s of %(household)s is on its way, tracking number %(tracking)s.") % words
            case HouseholdOrderState.SENT:
                return _("Order %(number)s of %(household)s is on its way.") % words
            case _other:
                return ""


def tell_household_of_card_payment(part: HouseholdOrder, now: datetime) -> None:
    """The buyer has paid by card what was to be collected in cash."""
    with translation.override(settings.LANGUAGE_CODE):
        text = _(
            "Order %(number)s is paid by card: collect no money from the buyer. If you have printed the slip, print it "
            "again at %(address)s"
        ) % {"number": part.number, "address": _part_address(part)}
        _send(part.household.phone, text, f"order-paid-by-card:{part.number}", now)


def tell_household_of_cancellation(step: HouseholdOrderEvent) -> None:
    part = step.household_order
    with translation.override(settings.LANGUAGE_CODE):
        text = _("The buyer has cancelled order %(number)s. Nothing needs to be sent.") % {"number": part.number}
        text = f"{text} {_('The reason:')} {step.note}" if step.note else text
        _send(part.household.phone, text, _key_of(step), step.at, after=_time_to_take_back(step))


def tell_household_of_unanswered_order(part: HouseholdOrder, now: datetime) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        text = _("Order %(number)s was not answered within %(hours)s hours and has ended. Send nothing.") % {
            "number": part.number,
            "hours": settings.ANSWER_WITHIN_HOURS,
        }
        _send(part.household.phone, text, f"order-unanswered:{part.number}", now)


def _part_address(part: HouseholdOrder) -> str:
    return settings.SITE_URL + reverse("household_orders:detail", kwargs={"number": part.number})


def _send(phone: str, text: str, key: str, now: datetime, *, after: timedelta = timedelta(0)) -> None:
    send_message(phone=phone, text=text[:MAX_CHARACTERS], key=key, now=now, send_at=now + after)
