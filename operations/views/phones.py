"""Numbers of households that are in doubt: an operator calls them, and vouches for those that are the household's."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.guards import operator_required, user_of
from core.errors import DomainError
from core.numbers import whole_number
from core.paging import page_of
from households.models import Household
from onboarding.phone_doubts import WORDS, households_in_doubt
from onboarding.services import vouch_for_phone


@operator_required
@require_safe
def list_phones(request: HttpRequest) -> HttpResponse:
    found = households_in_doubt(timezone.now()).select_related("commune__province", "opened_by_team")
    page = page_of(request, found.order_by("registered_at", "pk"))
    for household in page:
        household.why = WORDS[household.phone_doubt]
    return render(request, "operations/phones_in_doubt.html", {"page_obj": page})


@operator_required
@require_POST
def vouch(request: HttpRequest, code: str) -> HttpResponse:
    household, version = get_object_or_404(Household, code=code), whole_number(request.POST.get("version", ""))
    try:
        vouch_for_phone(household=household, version=version or 0, operator=user_of(request), now=timezone.now())
        messages.success(request, _("Confirmed. The team can send its codes now."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("operations:phones_in_doubt")
