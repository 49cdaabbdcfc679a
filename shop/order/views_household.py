"""The household's side: its orders, each with its own part only; answered by the household or by its team."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.guards import signed_in, user_of
from accounts.phones import show_phone
from core.errors import DomainError
from core.paging import page_of
from households.access import Acting, acting_for
from households.audit import record_for_household
from households.models import Scope
from shop.order import states
from shop.order.access import household_orders_for
from shop.order.forms import AnswerForm
from shop.order.models import HouseholdOrder, HouseholdOrderState
from shop.order.selectors import buyer_seen_by_household, with_lines
from shop.order.services import answer_household_order, mark_delivered, mark_returned, mark_sent
from shop.order.taking_back import may_take_back, step_to_take_back, take_back_answer, take_back_time

GROUPS: dict[str, tuple[HouseholdOrderState, ...]] = {
    "moi": (HouseholdOrderState.NEW,),
    "dang-lam": (HouseholdOrderState.ACCEPTED, HouseholdOrderState.SENT),
    "xong": (HouseholdOrderState.DELIVERED, *states.LOST),
}


@never_cache
@signed_in
def list_parts(request: HttpRequest) -> HttpResponse:
    """What waits for an answer first; the other two groups one tap away. ``ho`` narrows it to one household."""
    parts = household_orders_for(user_of(request), timezone.now())
    code = request.GET.get("ho", "")
    if code:
        parts = parts.filter(household__code=code)
    group = request.GET.get("nhom", "moi")
    group = group if group in GROUPS else "moi"
    order_by = "placed_at" if group == "moi" else "-placed_at"
    shown = with_lines(parts.filter(state__in=GROUPS[group])).order_by(order_by, "pk")
    page = page_of(request, shown)
    of_household = parts[0].household if code and parts else None
    context = {"page_obj": page, "group": group, "counts": _counts(parts), "of_household": of_household}
    return render(request, "orders/part_list.html", context)


def _counts(parts: QuerySet[HouseholdOrder]) -> dict[str, int]:
    by_state = dict(parts.order_by().values_list("state").annotate(Count("pk")))
    return {
        group.replace("-", "_"): sum(by_state.get(state, 0) for state in group_states)
        for group, group_states in GROUPS.items()
    }


def _part(request: HttpRequest, number: str, now: datetime) -> HouseholdOrder:
    return get_object_or_404(with_lines(household_orders_for(user_of(request), now)), number=number)


@never_cache
@signed_in
def show_part(request: HttpRequest, number: str) -> HttpResponse:
    return _show(request, _part(request, number, timezone.now()), "orders/part_detail.html")


@never_cache
@signed_in
def print_slip(request: HttpRequest, number: str) -> HttpResponse:
    """To print and stick on the parcel: only once promised, since it bears the buyer's address."""
    part = _part(request, number, timezone.now())
    if part.state not in states.PROMISED:
        messages.error(request, _("Accept the order first, then print the slip."))
        return redirect("household_orders:detail", number=number)
    return _show(request, part, "orders/slip.html")


def _show(request: HttpRequest, part: HouseholdOrder, template: str) -> HttpResponse:
    """Each page that shows the buyer's number and address is a row in the audit trail."""
    buyer, now = buyer_seen_by_household(part), timezone.now()
    if not buyer.is_masked:
        acting = acting_for(user_of(request), part.household, Scope.ORDERS, now)
        record_for_household(action="read_buyer", subject=part, acting=acting, now=now, changes={})
    context = {
        "part": part,
        "buyer": buyer,
        "events": part.events.select_related("actor", "team"),
        "may": {target.value: True for target in states.FOLLOWS[HouseholdOrderState(part.state)]},
        "household_phone": show_phone(part.household.phone),
        "is_cash": part.order.payment.is_cash,
        "take_back_until": _take_back_until(part, request, now),
    }
    return render(request, template, context)


def _take_back_until(part: HouseholdOrder, request: HttpRequest, now: datetime) -> datetime | None:
    """Until when this person may take the last step back; None when not."""
    step = step_to_take_back(part, now)
    if step is None or not may_take_back(step, acting_for(user_of(request), part.household, Scope.ORDERS, now)):
        return None
    return step.at + take_back_time()


@require_POST
@signed_in
def answer_part(request: HttpRequest, number: str) -> HttpResponse:
    """One button pressed: accept, decline, sent, delivered, returned, take back. What ends the order asks once."""
    now = timezone.now()
    part = _part(request, number, now)
    form = AnswerForm(request.POST)
    try:
        acting = acting_for(user_of(request), part.household, Scope.ORDERS, now)
        if not form.is_valid():
            messages.error(request, _("Choose one of the buttons."))
        elif _is_to_be_asked(part, form.cleaned_data):
            context = {"part": part, "data": form.cleaned_data, "is_cash": part.order.payment.is_cash}
            return render(request, "orders/part_ask.html", {**context, "minutes": settings.TAKE_BACK_MINUTES})
        else:
            messages.success(request, _do_step(part, acting, form.cleaned_data, now))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("household_orders:detail", number=number)


ASKED_ONCE = {
    "decline": HouseholdOrderState.DECLINED,
    "delivered": HouseholdOrderState.DELIVERED,
    "returned": HouseholdOrderState.RETURNED,
}


def _is_to_be_asked(part: HouseholdOrder, data: dict[str, Any]) -> bool:
    """A step that ends the order, not confirmed yet, and possible."""
    target = ASKED_ONCE.get(data["step"])
    return target is not None and not data["sure"] and states.may_follow(part.state, target)


def _do_step(part: HouseholdOrder, acting: Acting, data: dict[str, Any], now: datetime) -> str:
    """Do what the pressed button says; what to tell the person who pressed it."""
    until = {"time": f"{localtime(now + take_back_time()):%H:%M}"}
    match data["step"]:
        case "accept":
            answer_household_order(household_order=part, acting=acting, accept=True, now=now)
            return _("Accepted. Pack it and send it.")
        case "decline":
            answer_household_order(household_order=part, acting=acting, accept=False, reason=data["reason"], now=now)
            return _("Declined. Until %(time)s you can take it back; then the buyer is told.") % until
        case "sent":
            mark_sent(household_order=part, acting=acting, tracking_number=data["tracking_number"], now=now)
            return _("Marked as sent.")
        case "delivered":
            mark_delivered(household_order=part, acting=acting, now=now)
            return _("Marked as delivered. Until %(time)s you can take it back.") % until
        case "returned":
            mark_returned(household_order=part, acting=acting, reason=data["reason"], now=now)
            return _("Marked as returned. Until %(time)s you can take it back.") % until
        case _take_back:
            take_back_answer(household_order=part, acting=acting, now=now)
            return _("Taken back: the order stands as before.")
