"""Households: looked up, with what was done for them; a mandate is ended when the household calls."""

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
from households.models import Household, Mandate
from households.services import withdraw_mandate
from onboarding.act_words import shown_acts
from operations.access import record_reveal
from operations.selectors import history_of_household, households_found, mandates_of


@operator_required
@require_safe
def list_households(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("tim", "")[:100]
    page = page_of(request, households_found(words, timezone.now()))
    return render(request, "operations/households.html", {"page_obj": page, "words": words})


@operator_required
@require_safe
def show_household(request: HttpRequest, code: str) -> HttpResponse:
    rows = Household.objects.select_related("commune__province", "head", "opened_by_team")
    household = get_object_or_404(rows, code=code)
    shown = {
        "household": household,
        "members": household.members.order_by("-left_at", "joined_at"),
        "mandates": mandates_of(household),
        "history": shown_acts(history_of_household(household)),
        "now": timezone.now(),
    }
    return render(request, "operations/household.html", shown)


@operator_required
@require_POST
def reveal_household_phone(request: HttpRequest, code: str) -> HttpResponse:
    household = get_object_or_404(Household, code=code)
    operator = user_of(request)
    record_reveal(action="read_phone", subject=household, operator=operator, now=timezone.now(), household_code=code)
    messages.info(request, _("Phone number: %(phone)s") % {"phone": show_phone(household.phone)})
    return redirect("operations:household", code)


@operator_required
@require_POST
def end_mandate(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    mandate = get_object_or_404(Mandate, pk=pk, household__code=code)
    withdraw_mandate(mandate=mandate, actor=user_of(request), now=timezone.now())
    messages.success(request, _("The mandate has ended."))
    return redirect("operations:household", code)
