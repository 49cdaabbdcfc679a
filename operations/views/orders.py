"""Orders: found by number, whole phone number or household; the buyer's number and address are shown on asking."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.guards import operator_required, user_of
from accounts.phones import show_phone
from core.paging import page_of
from operations.access import record_reveal
from operations.selectors import orders_found
from shop.order.models import Order
from shop.order.selectors import with_parts


@operator_required
@require_safe
def list_orders(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("tim", "")[:100]
    return render(
        request, "operations/orders.html", {"page_obj": page_of(request, orders_found(words)), "words": words}
    )


@operator_required
@require_safe
def show_order(request: HttpRequest, number: str) -> HttpResponse:
    order = get_object_or_404(with_parts(Order.objects.all()), number=number)
    return render(request, "operations/order.html", {"order": order})


@operator_required
@require_POST
def reveal_buyer(request: HttpRequest, number: str) -> HttpResponse:
    order = get_object_or_404(Order.objects.select_related("shipping_address__commune__province"), number=number)
    record_reveal(action="read_buyer", subject=order, operator=user_of(request), now=timezone.now())
    phone = show_phone(order.buyer_phone)
    if address := order.shipping_address:
        told = {"name": address.first_name, "phone": phone, "place": address.place}
        messages.info(request, _("Buyer: %(name)s, %(phone)s, %(place)s") % told)
    else:
        messages.info(request, _("Phone number: %(phone)s") % {"phone": phone})
    return redirect("operations:order", number)
