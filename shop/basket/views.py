"""The basket's page and its three acts; works without script."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from core.errors import DomainError
from core.going_back import page_before
from shop.basket.contents import BasketContents, basket_contents
from shop.basket.forms import QuantityForm
from shop.basket.services import add_to_basket, put_in_again, set_quantity
from shop.order.access import orders_of_link
from shop.order.link_pages import explain_ended_link


@never_cache
@require_GET
def show_basket(request: HttpRequest) -> HttpResponse:
    return render(request, "basket/summary.html", {"contents": counted_contents(request)})


def counted_contents(request: Any) -> BasketContents:
    """The visitor's basket; the header's count is set right on the way."""
    contents = basket_contents(request.basket)
    request.basket_count = contents.count
    return contents


@require_POST
def add_listing(request: Any, pk: int) -> HttpResponse:
    """Add a listing; the answer is the basket, or the page one came from with what is wrong."""
    form = QuantityForm({"quantity": request.POST.get("quantity") or "1"})
    if _did(request, form, lambda quantity: add_to_basket(basket=request.basket, product_id=pk, quantity=quantity)):
        request.basket_count = basket_contents(request.basket).count
        messages.success(request, _("Put into the basket."))
        return redirect("basket:summary")
    return redirect(page_before(request, otherwise=reverse("basket:summary"), referer=True))


@require_POST
def change_quantity(request: Any, pk: int) -> HttpResponse:
    form = QuantityForm(request.POST)
    _did(request, form, lambda quantity: set_quantity(basket=request.basket, product_id=pk, quantity=quantity))
    return redirect("basket:summary")


@require_POST
def remove_listing(request: Any, pk: int) -> HttpResponse:
    set_quantity(basket=request.basket, product_id=pk, quantity=0)
    messages.success(request, _("Taken out of the basket."))
    return redirect("basket:summary")


def _did(request: HttpRequest, form: QuantityForm, act: Any) -> bool:
    """Do it with the quantity asked for, or say why not."""
    if not form.is_valid():
        messages.error(request, str(form.errors["quantity"][0]))
        return False
    try:
        act(form.cleaned_data["quantity"])
    except DomainError as error:
        messages.error(request, str(error))
        return False
    return True


@explain_ended_link
@require_POST
def order_again(request: HttpRequest, number: str, signature: str) -> HttpResponse:
    """Put what an order held into the basket, at today's prices; what is gone, or fewer now, is said."""
    order = get_object_or_404(orders_of_link(number, signature, timezone.now()))
    gone = put_in_again(basket=request.basket, order=order)  # type: ignore[attr-defined]  # the middleware adds it
    if gone:
        messages.warning(request, _("Not there as you had it: %(titles)s.") % {"titles": ", ".join(gone)})
    else:
        messages.success(request, _("All of it lies in your basket, at today's prices."))
    return redirect("basket:summary")
