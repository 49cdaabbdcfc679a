"""The buyer's side: finding an order by number and phone, following it, cancelling what is not answered yet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.guards import signed_in, user_of
from accounts.visitors import address_of
from core.attempts import count_attempt
from core.errors import DomainError
from core.paging import page_of
from core.personal_data import mask_phone
from shop.order.access import orders_of_buyer, orders_of_link
from shop.order.forms import FindOrderForm
from shop.order.link_pages import explain_ended_link
from shop.order.links import order_url
from shop.order.models import HouseholdOrder, HouseholdOrderState, Order
from shop.order.numbers import order_number_of
from shop.order.selectors import find_order, with_parts
from shop.order.services import cancel_household_order
from shop.order.states import LOST

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
    count_attempt(what="find-order-number", whose=order_number_of(number), most=10, seconds=600, now=timezone.now())
    return find_order(number, phone)


def _linked_order(number: str, signature: str) -> Order:
    """The order of a signed link, with all that its page shows; 404 for any other link. Raises LinkHasEnded."""
    return get_object_or_404(with_parts(orders_of_link(number, signature, timezone.now())))


@explain_ended_link
def show_order(request: HttpRequest, number: str, signature: str) -> HttpResponse:
    order = _linked_order(number, signature)
    context = {
        "order": order,
        "signature": signature,
        "phone": mask_phone(order.buyer_phone),
        "cancellable": CANCELLABLE,
        "lost": LOST,
        "standing": sum(part.total for part in order.household_orders.all() if part.state not in LOST),
    }
    return render(request, "orders/detail.html", context)


@explain_ended_link
@require_POST
def cancel_part(request: HttpRequest, number: str, signature: str, part_number: str) -> HttpResponse:
    order = _linked_order(number, signature)
    part = get_object_or_404(HouseholdOrder, order=order, number=part_number)
    actor: Any = request.user if request.user.is_authenticated else None
    try:
        cancel_household_order(household_order=part, actor=actor, now=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The order of this household is cancelled."))
    return redirect("orders:detail", number=number, signature=signature)


@never_cache
@signed_in
def list_own_orders(request: HttpRequest) -> HttpResponse:
    """What the signed-in person ordered."""
    now = timezone.now()
    page = page_of(request, orders_of_buyer(user_of(request)).prefetch_related("household_orders__household"))
    rows = [(order, order_url(order, now=now)) for order in page]
    return render(request, "orders/mine.html", {"page_obj": page, "rows": rows})
