"""Writing a certificate down as it stands on the paper, and the operator's pages on which it is confirmed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
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
from catalog.certificates.selectors import (
    certificates_to_confirm,
    holder_of_latest_paper,
    papers_of_other_listings,
    refused_paper,
)
from catalog.certificates.services import (
    MAX_REASON_LENGTH,
    confirm_certificate,
    record_ocop_certificate,
    record_quality_certificate,
    refuse_certificate,
)
from catalog.guards import listing_acting
from catalog.models import Certificate, OcopCertificate, QualityCertificate
from core.errors import DomainError
from core.forms import show_refusal
from core.paging import page_of
from core.periods import vietnam_date
from core.private_files import private_response

PREFILLED = ("number", "issuing_authority", "holder", "issued_date", "expiry_date")
ROWS_ON_A_PAGE = 30
TABS: tuple[tuple[type[Certificate], Any, str], ...] = (
    (OcopCertificate, "OCOP", "certificates:ocop_to_confirm"),
    (QualityCertificate, gettext_lazy("Quality"), "certificates:quality_to_confirm"),
)
"""Kind of paper, label of its tab, the route of its list."""
ACTS = ("confirm", "refuse", "picture_of")
"""What an operator does with one paper; each kind of paper has a route for each act."""


@signed_in
@require_http_methods(["GET", "POST"])
def record_ocop(request: HttpRequest, pk: int) -> HttpResponse:
    """An OCOP certificate; an operator confirms it before its stars are shown."""
    now = timezone.now()
    listing, acting = listing_acting(request, pk, now)
    refused = refused_paper(OcopCertificate, listing, request.GET.get("again", ""))
    initial: dict[str, Any] = {"holder": acting.household.name}
    if refused:
        initial = {name: getattr(refused, name) for name in ("stars", *PREFILLED)}
    form = OcopForm(request.POST or None, request.FILES or None, initial=initial)
    context = {"listing": listing, "form": form, "title": _("OCOP certificate"), "refused": refused}
    return _record(
        request,
        context,
        lambda written, picture: record_ocop_certificate(
            acting=acting, listing=listing, paper=OcopPaper(**written), now=now, picture=picture
        ),
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
    refused = refused_paper(QualityCertificate, listing, request.GET.get("again", ""))
    if begun_from := refused or paper:
        initial = {name: getattr(begun_from, name) for name in ("kind", *PREFILLED)}
    form = QualityForm(request.POST or None, request.FILES or None, initial=initial)
    context = {"listing": listing, "form": form, "title": _("Quality certificate"), "refused": refused}
    if not refused:
        context |= {"papers": papers, "paper": paper}
    return _record(
        request,
        context,
        lambda written, picture: record_quality_certificate(
            acting=acting, listing=listing, paper=QualityPaper(**written), now=now, picture=picture
        ),
    )


def _record(
    request: HttpRequest, context: dict[str, Any], record: Callable[[dict[str, Any], Any], Certificate]
) -> HttpResponse:
    """Record what was typed and go back to the listing; or show the form again with all of it and what to mend."""
    form, listing = context["form"], context["listing"]
    if request.method == "POST" and form.is_valid():
        try:
            written = {**form.cleaned_data}
            record(written, written.pop("picture"))
            messages.success(request, _("Written down. Buyers see it once an operator has confirmed it."))
            return redirect("listing:overview", pk=listing.pk)
        except DomainError as refusal:
            show_refusal(form, refusal)
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
    for tab_model, label, route in TABS:
        page = page_of(request, certificates_to_confirm(tab_model, today), per_page=ROWS_ON_A_PAGE)
        is_current = tab_model is model
        tabs.append(
            {"label": label, "address": reverse(route), "waiting": page.paginator.count, "is_current": is_current}
        )
        if is_current:
            kind = model.act_name.removesuffix("_certificate")
            shown = {"page_obj": page, **{f"{act}_route": f"certificates:{act}_{kind}" for act in ACTS}}
    context = {"tabs": tabs, "max_reason_length": MAX_REASON_LENGTH, **(shown or {})}
    return render(request, "certificates/to_confirm.html", context)


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
    try:
        confirm_certificate(operator=user_of(request), certificate=certificate, now=timezone.now())
        messages.success(request, _("Confirmed. Buyers see it while it is valid."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect(_list_of(model))


@operator_required
@require_POST
def refuse_ocop(request: HttpRequest, pk: int) -> HttpResponse:
    return _refuse(request, OcopCertificate, pk)


@operator_required
@require_POST
def refuse_quality(request: HttpRequest, pk: int) -> HttpResponse:
    return _refuse(request, QualityCertificate, pk)


def _refuse(request: HttpRequest, model: type[Certificate], pk: int) -> HttpResponse:
    certificate = get_object_or_404(model, pk=pk)
    reason = request.POST.get("reason", "")
    try:
        refuse_certificate(operator=user_of(request), certificate=certificate, reason=reason, now=timezone.now())
        messages.success(request, _("Refused. The household reads why and may write it down again."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect(_list_of(model))


@operator_required
@require_safe
def picture_of_ocop(request: HttpRequest, pk: int) -> FileResponse:
    return _picture(OcopCertificate, pk)


@operator_required
@require_safe
def picture_of_quality(request: HttpRequest, pk: int) -> FileResponse:
    return _picture(QualityCertificate, pk)


def _picture(model: type[Certificate], pk: int) -> FileResponse:
    certificate = get_object_or_404(model, pk=pk)
    if not certificate.picture:
        raise Http404
    return private_response(certificate.picture, content_type="image/jpeg")


def _list_of(model: type[Certificate]) -> str:
    return next(route for known, _label, route in TABS if known is model)
