"""Requests of households about their data: the first due first, fulfilled or refused with a reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.guards import operator_required, user_of
from core.errors import DomainError
from core.forms import show_refusal
from core.paging import page_of
from onboarding.models import DataRequest
from onboarding.services import fulfil_correction, fulfil_erasure, refuse_request
from operations.forms import DataAnswerForm
from operations.selectors import data_requests_waiting


@operator_required
@require_safe
def list_requests(request: HttpRequest) -> HttpResponse:
    page = page_of(request, data_requests_waiting())
    return render(request, "operations/data_requests.html", {"page_obj": page, "now": timezone.now()})


@operator_required
@require_http_methods(["GET", "POST"])
def answer_request(request: HttpRequest, pk: int) -> HttpResponse:
    """What the household asks, and the two answers; a correction is written here with its answer."""
    rows = DataRequest.objects.select_related("household__head", "household__commune__province", "answered_by")
    asked = get_object_or_404(rows, pk=pk)
    household, operator, now = asked.household, user_of(request), timezone.now()
    head_name = household.head.full_name if household.head else ""
    form = DataAnswerForm(
        request.POST or None, kind=asked.kind, initial={"head_name": head_name, "village_name": household.village_name}
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            if "refuse" in request.POST:
                refuse_request(request=asked, reason=typed["answer"], operator=operator, now=now)
            elif asked.kind == DataRequest.Kind.ERASURE:
                fulfil_erasure(request=asked, operator=operator, now=now)
            else:
                fulfil_correction(request=asked, operator=operator, now=now, **typed)
            messages.success(request, _("Done."))
            return redirect("operations:data_requests")
        except DomainError as refusal:
            show_refusal(form, refusal)
    status = 422 if request.method == "POST" else 200
    shown = {"asked": asked, "household": household, "form": form, "is_late": asked.is_late(now)}
    return render(request, "operations/data_request.html", shown, status=status)
