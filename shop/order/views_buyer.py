"""The buyer's side: finding an order by number and phone, following it, cancelling what is not answered yet."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.guards import signed_in, user_of
from accounts.models import User
from accounts.visitors import address_of
from core.attempts import count_attempt
from core.errors import DomainError
from core.forms import show_refusal
from core.paging import page_of
from core.personal_data import mask_phone
from core.text import letters_and_digits
from shop.order.access import orders_of_buyer, orders_of_link
from shop.order.forms import CancelForm, FindOrderForm, ProblemForm
from shop.order.just_placed import was_just_placed
from shop.order.link_pages import explain_ended_link
from shop.order.links import order_url
from shop.order.models import HouseholdOrder, HouseholdOrderState, Order
from shop.order.numbers import order_number_of
from shop.order.problems import report_problem
from shop.order.selectors import arrival_of, find_order, with_parts
from shop.order.services import cancel_household_order
from shop.order.states import LOST
from shop.order.taking_back import step_to_take_back, take_back_cancellation, take_back_time

CANCELLABLE = (HouseholdOrderState.NEW,)


@never_cache
def look_up_order(request: HttpRequest) -> HttpResponse:
    """One answer for a wrong number and for a wrong phone, so that neither can be guessed."""
    form = FindOrderForm(request.POST or None, use_required_attribute=False)
    if request.method == "POST" and form.is_valid():
        try:
            order = _look_up(request, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            if order:
                return redirect(order_url(order, now=timezone.now()))
            form.add_error(None, _("There is no order with this number and this phone. Check both."))
    return render(request, "orders/find.html", {"form": form})


def _look_up(request: HttpRequest, number: str, phone: str) -> Order | None:
    count_attempt(what="find-order", whose=address_of(request), most=20, seconds=600, now=timezone.now())
    # One count for all ways of writing a number, else each way would give ten guesses more.
    whose = order_number_of(number) or letters_and_digits(number).upper()
    count_attempt(what="find-order-number", whose=whose, most=10, seconds=600, now=timezone.now())
    return find_order(number, phone)


def _linked_order(number: str, signature: str) -> Order:
    """The order of a signed link, with all that its page shows; 404 for any other link. Raises LinkHasEnded."""
    return get_object_or_404(with_parts(orders_of_link(number, signature, timezone.now())))


@explain_ended_link
def show_order(request: HttpRequest, number: str, signature: str) -> HttpResponse:
    order, now = _linked_order(number, signature), timezone.now()
    parts = order.household_orders.all()
    context = {
        "order": order,
        "parts": [(part, _take_back_until(part, now), arrival_of(part)) for part in parts],
        "was_just_placed": was_just_placed(request.session, order, now),
        "signature": signature,
        "phone": mask_phone(order.buyer_phone),
        "cancellable": CANCELLABLE,
        "lost": LOST,
        "standing": (standing := sum(part.total for part in parts if part.state not in LOST)),
        "still_to_pay": max(standing - order.payment.received + order.payment.refunded, 0),
    }
    return render(request, "orders/detail.html", context)


def _take_back_until(part: HouseholdOrder, now: datetime) -> datetime | None:
    """Until when the buyer may take the cancellation of this part back; None when not."""
    step = step_to_take_back(part, now) if part.state == HouseholdOrderState.CANCELLED else None
    return step.at + take_back_time() if step else None


@explain_ended_link
@require_POST
def cancel_part(request: HttpRequest, number: str, signature: str, part_number: str) -> HttpResponse:
    """Asks once why, and says what will happen; then cancels."""
    order = _linked_order(number, signature)
    part, now = get_object_or_404(order.household_orders, number=part_number), timezone.now()
    form = CancelForm(request.POST if request.POST.get("sure") else None)
    if part.state in CANCELLABLE and not form.is_valid():
        context = {"order": order, "part": part, "signature": signature, "minutes": settings.TAKE_BACK_MINUTES}
        return render(request, "orders/cancel_ask.html", {**context, "form": form})
    try:
        reason = form.reason() if form.is_valid() else ""
        cancel_household_order(household_order=part, actor=_actor_of(request), reason=reason, now=now)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        until = f"{localtime(now + take_back_time()):%H:%M}"
        said = _("The order of this household is cancelled. Until %(time)s you can take it back.") % {"time": until}
        messages.success(request, said)
    return redirect("orders:detail", number=number, signature=signature)


@explain_ended_link
@require_http_methods(["GET", "POST"])
def report_order_problem(request: HttpRequest, number: str, signature: str, part_number: str) -> HttpResponse:
    """Something is wrong with one household's part: the operators are told."""
    order = _linked_order(number, signature)
    part = get_object_or_404(order.household_orders, number=part_number)
    form = ProblemForm(request.POST or None, use_required_attribute=False)
    if request.method == "POST" and form.is_valid():
        try:
            report_problem(household_order=part, actor=_actor_of(request), now=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Thank you. An operator looks at it and answers you by message."))
            return redirect("orders:detail", number=number, signature=signature)
        except DomainError as refusal:
            show_refusal(form, refusal)
    status = 422 if request.method == "POST" else 200
    context = {"order": order, "part": part, "signature": signature, "form": form}
    return render(request, "orders/problem.html", context, status=status)


@explain_ended_link
@require_POST
def take_back_part(request: HttpRequest, number: str, signature: str, part_number: str) -> HttpResponse:
    """The buyer wants the cancelled goods after all."""
    part = get_object_or_404(_linked_order(number, signature).household_orders, number=part_number)
    try:
        take_back_cancellation(household_order=part, actor=_actor_of(request), now=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Taken back: the order stands as before."))
    return redirect("orders:detail", number=number, signature=signature)


def _actor_of(request: HttpRequest) -> User | None:
    """Who follows the link, if signed in: whoever has the link may act for the buyer."""
    return user_of(request) if request.user.is_authenticated else None


@never_cache
@signed_in
def list_own_orders(request: HttpRequest) -> HttpResponse:
    """What the signed-in person ordered."""
    now = timezone.now()
    page = page_of(request, orders_of_buyer(user_of(request)).prefetch_related("household_orders__household"))
    rows = [(order, order_url(order, now=now)) for order in page]
    return render(request, "orders/mine.html", {"page_obj": page, "rows": rows})
