"""Operators: certificates that wait to be compared with the paper, of both kinds on tabs of one page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.guards import operator_required, user_of
from catalog.certificates.services import confirm_certificate
from catalog.listing.selectors import certificates_to_confirm
from catalog.models import Certificate, OcopCertificate, QualityCertificate
from core.periods import vietnam_date

ROWS_ON_A_PAGE = 30
TABS: tuple[tuple[type[Certificate], Any, str, str], ...] = (
    (OcopCertificate, "OCOP", "listing:certificates", "listing:confirm_certificate"),
    (
        QualityCertificate,
        gettext_lazy("Quality"),
        "listing:quality_certificates",
        "listing:confirm_quality_certificate",
    ),
)


@operator_required
@require_safe
def certificates(request: HttpRequest) -> HttpResponse:
    return _waiting(request, OcopCertificate)


@operator_required
@require_safe
def quality_certificates(request: HttpRequest) -> HttpResponse:
    return _waiting(request, QualityCertificate)


@operator_required
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    return _confirm(request, OcopCertificate, pk)


@operator_required
@require_POST
def confirm_quality(request: HttpRequest, pk: int) -> HttpResponse:
    return _confirm(request, QualityCertificate, pk)


def _waiting(request: HttpRequest, model: type[Certificate]) -> HttpResponse:
    today = vietnam_date(timezone.now())
    tabs, shown = [], None
    for tab_model, label, route, confirm_route in TABS:
        pages = Paginator(certificates_to_confirm(tab_model, today), ROWS_ON_A_PAGE)
        is_current = tab_model is model
        tabs.append({"label": label, "address": reverse(route), "waiting": pages.count, "is_current": is_current})
        if is_current:
            shown = {"page_obj": pages.get_page(request.GET.get("page")), "confirm_route": confirm_route}
    return render(request, "listing/certificates.html", {"tabs": tabs, **(shown or {})})


def _confirm(request: HttpRequest, model: type[Certificate], pk: int) -> HttpResponse:
    certificate = get_object_or_404(model, pk=pk)
    confirm_certificate(operator=user_of(request), certificate=certificate, now=timezone.now())
    messages.success(request, _("Confirmed. Buyers see it while it is valid."))
    return redirect(next(route for known, _label, route, _confirm_route in TABS if known is model))
