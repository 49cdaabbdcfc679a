"""Writing a certificate down as it stands on the paper, and the operator's pages on which it is confirmed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.guards import operator_required, signed_in, user_of
from catalog.certificates.forms import OcopForm, QualityForm
from catalog.certificates.ocop import OcopPaper
from catalog.certificates.quality import QualityPaper
from catalog.certificates.selectors import certificates_to_confirm, holder_of_latest_paper, papers_of_other_listings
from catalog.certificates.services import confirm_certificate, record_ocop_certificate, record_quality_certificate
from catalog.guards import listing_acting
from catalog.models import Certificate, OcopCertificate, QualityCertificate
from core.errors import DomainError
from core.paging import page_of
from core.periods import vietnam_date

PREFILLED = ("kind", "number", "issuing_authority", "holder", "issued_date", "expiry_date")
ROWS_ON_A_PAGE = 30
TABS: tuple[tuple[type[Certificate], Any, str, str], ...] = (
    (OcopCertificate, "OCOP", "certificates:ocop_to_confirm", "certificates:confirm_ocop"),
    (QualityCertificate, gettext_lazy("Quality"), "certificates:quality_to_confirm", "certificates:confirm_quality"),
)
"""Kind of paper, label of its tab, the route of its list and the route that confirms one."""


@signed_in
@require_http_methods(["GET", "POST"])
def record_ocop(request: HttpRequest, pk: int) -> HttpResponse:
    """An OCOP certificate; an operator confirms it before its stars are shown."""
    now = timezone.now()
    listing, acting = listing_acting(request, pk, now)
    form = OcopForm(request.POST or None, initial={"holder": acting.household.name})
    context = {"listing": listing, "form": form, "title": _("OCOP certificate")}
    return _record(
        request,
        context,
        lambda: record_ocop_certificate(acting=acting, listing=listing, paper=OcopPaper(**form.cleaned_data), now=now),
    )


@signed_in
@require_http_methods(["GET", "POST"])
def record_quality(request: HttpRequest, pk: int) -> HttpResponse:
    """A quality certificate, begun from a paper that another listing of the household carries already."""
    now = timezone.now()
    listing, acting = listing_acting(request, pk, now)
    papers = papers_of_other_listings(listing, vietnam_date(now))
    wanted = request.GET.get("kind", "")
    paper = next((paper for paper in papers if wanted in ("", paper.kind)), None)
    initial: dict[str, Any] = {"holder": holder_of_latest_paper(listing) or acting.household.name, "kind": wanted}
    if paper:
        initial = {name: getattr(paper, name) for name in PREFILLED}
    form = QualityForm(request.POST or None, initial=initial)
    context = {"listing": listing, "form": form, "title": _("Quality certificate"), "papers": papers, "paper": paper}
    return _record(
        request,
        context,
        lambda: record_quality_certificate(
            acting=acting, listing=listing, paper=QualityPaper(**form.cleaned_data), now=now
        ),
    )


def _record(request: HttpRequest, context: dict[str, Any], record: Callable[[], Certificate]) -> HttpResponse:
    """Record what was typed and go back to the listing; or show the form again with all of it and what to mend."""
    form, listing = context["form"], context["listing"]
    if request.method == "POST" and form.is_valid():
        try:
            record()
            messages.success(request, _("Written down. Buyers see it once an operator has confirmed it."))
            return redirect("listing:overview", pk=listing.pk)
        except DomainError as refusal:
            form.add_error(refusal.field, refusal.message)
    status = 422 if request.method == "POST" else 200
    return render(request, "certificates/record.html", context, status=status)


@operator_required
@require_safe
def ocop_to_confirm(request: HttpRequest) -> HttpResponse:
    return _to_confirm(request, OcopCertificate)


@operator_required
@require_safe
def quality_to_confirm(request: HttpRequest) -> HttpResponse:
    return _to_confirm(request, QualityCertificate)


def _to_confirm(request: HttpRequest, model: type[Certificate]) -> HttpResponse:
    """The papers of this kind that wait to be compared; both kinds are tabs of one page with their numbers."""
    today = vietnam_date(timezone.now())
    tabs, shown = [], None
    for tab_model, label, route, confirm_route in TABS:
        page = page_of(request, certificates_to_confirm(tab_model, today), per_page=ROWS_ON_A_PAGE)
        is_current = tab_model is model
        tabs.append(
            {"label": label, "address": reverse(route), "waiting": page.paginator.count, "is_current": is_current}
        )
        if is_current:
            shown = {"page_obj": page, "confirm_route": confirm_route}
    return render(request, "certificates/to_confirm.html", {"tabs": tabs, **(shown or {})})


@operator_required
@require_POST
def confirm_ocop(request: HttpRequest, pk: int) -> HttpResponse:
    return _confirm(request, OcopCertificate, pk)


@operator_required
@require_POST
def confirm_quality(request: HttpRequest, pk: int) -> HttpResponse:
    return _confirm(request, QualityCertificate, pk)


def _confirm(request: HttpRequest, model: type[Certificate], pk: int) -> HttpResponse:
    certificate = get_object_or_404(model, pk=pk)
    confirm_certificate(operator=user_of(request), certificate=certificate, now=timezone.now())
    messages.success(request, _("Confirmed. Buyers see it while it is valid."))
    return redirect(next(route for known, _label, route, _confirm_route in TABS if known is model))
