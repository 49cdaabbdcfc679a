"""Orders: found by number, whole phone number or household; the buyer's number and address are shown on asking."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.guards import operator_required, user_of
from accounts.phones import show_phone
from core.errors import DomainError
from core.forms import show_refusal
from core.paging import page_of
from operations.access import record_reveal
from operations.forms import ProblemAnswerForm
from operations.selectors import orders_found
from shop.order.models import Order, OrderProblem
from shop.order.problems import open_problems, settle_problem
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


@operator_required
@require_safe
def list_problems(request: HttpRequest) -> HttpResponse:
    """What buyers reported about their orders, the longest-waiting first."""
    return render(request, "operations/problems.html", {"page_obj": page_of(request, open_problems())})


@operator_required
@require_http_methods(["GET", "POST"])
def answer_problem(request: HttpRequest, pk: int) -> HttpResponse:
    """What was reported, and the answer with which it is settled."""
    rows = OrderProblem.objects.select_related("household_order__household", "household_order__order", "settled_by")
    problem = get_object_or_404(rows, pk=pk)
    form = ProblemAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer, operator = form.cleaned_data["answer"], user_of(request)
            settle_problem(problem=problem, answer=answer, operator=operator, now=timezone.now())
            messages.success(request, _("Done."))
            return redirect("operations:problems")
        except DomainError as refusal:
            show_refusal(form, refusal)
    status = 422 if request.method == "POST" else 200
    return render(request, "operations/problem.html", {"problem": problem, "form": form}, status=status)
