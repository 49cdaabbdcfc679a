"""Officers of communes and provinces: appointed and relieved."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.guards import operator_required, user_of
from accounts.models import User
from core.errors import DomainError
from households.models import CommuneOfficer, ProvinceOfficer
from households.services.offices import appoint_officer, relieve_officer
from operations.forms import CommuneOfficerForm, ProvinceOfficerForm
from operations.selectors import offices_found


@operator_required
@require_http_methods(["GET", "POST"])
def list_offices(request: HttpRequest) -> HttpResponse:
    """Who holds which office now; two forms below appoint one more. ``level`` says which form was sent."""
    words, level = request.GET.get("tim", "")[:100], request.POST.get("level", "")
    sent = {"xa": request.POST if level == "xa" else None, "tinh": request.POST if level == "tinh" else None}
    commune_form = CommuneOfficerForm(sent["xa"], prefix="xa")
    province_form = ProvinceOfficerForm(sent["tinh"], prefix="tinh")
    form: forms.Form | None = {"xa": commune_form, "tinh": province_form}.get(level)
    if form is not None and form.is_valid() and _appointed(request, form):
        return redirect("operations:offices")
    communes, provinces = offices_found(words, timezone.now())
    shown = {
        "communes": communes,
        "provinces": provinces,
        "words": words,
        "commune_form": commune_form,
        "province_form": province_form,
    }
    return render(request, "operations/offices.html", shown, status=422 if request.method == "POST" else 200)


def _appointed(request: HttpRequest, form: forms.Form) -> bool:
    typed = form.cleaned_data
    user = User.objects.filter(phone=typed["phone"]).first()
    if user is None:
        form.add_error("phone", _("Nobody has an account with this number. Open a staff account first."))
        return False
    place = typed.get("commune") or typed["province"]
    try:
        appoint_officer(user=user, place=place, operator=user_of(request), now=timezone.now())
    except DomainError as refusal:
        form.add_error("phone", str(refusal))
        return False
    messages.success(request, _("The officer reads the figures of this place from now on."))
    return True


@operator_required
@require_POST
def relieve(request: HttpRequest, level: str, pk: int) -> HttpResponse:
    operator, now = user_of(request), timezone.now()
    if level == "xa":
        relieve_officer(office=get_object_or_404(CommuneOfficer, pk=pk), operator=operator, now=now)
    elif level == "tinh":
        relieve_officer(office=get_object_or_404(ProvinceOfficer, pk=pk), operator=operator, now=now)
    else:
        raise Http404
    messages.success(request, _("The officer reads nothing through this office any more."))
    return redirect("operations:offices")
