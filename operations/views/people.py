"""People: found by whole phone number or name; staff opened; accounts suspended, restored and helped to sign in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import staff
from accounts.guards import operator_required, user_of
from accounts.models import User
from accounts.phones import show_phone
from core.errors import DomainError
from core.forms import show_refusal
from core.paging import page_of
from onboarding.act_words import shown_acts
from operations.access import record_reveal
from operations.forms import GroupsForm, StaffForm, SuspendForm
from operations.selectors import people_found, person_seen


@operator_required
@require_safe
def list_people(request: HttpRequest) -> HttpResponse:
    words, staff_only = request.GET.get("tim", "")[:100], request.GET.get("loai") == "can-bo"
    page = page_of(request, people_found(words, staff_only=staff_only))
    return render(request, "operations/people.html", {"page_obj": page, "words": words, "staff_only": staff_only})


@operator_required
@require_http_methods(["GET", "POST"])
@never_cache
def add_staff(request: HttpRequest) -> HttpResponse:
    """A staff account; its first password is on the next page and nowhere else."""
    form = StaffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user, password = staff.open_staff(**form.cleaned_data, operator=user_of(request), now=timezone.now())
            return _show_password(request, user, password)
        except DomainError as refusal:
            show_refusal(form, refusal)
    status = 422 if request.method == "POST" else 200
    return render(request, "operations/add_staff.html", {"form": form}, status=status)


@operator_required
@require_safe
def show_person(request: HttpRequest, pk: int) -> HttpResponse:
    return _person_page(request, get_object_or_404(User, pk=pk))


@operator_required
@require_POST
def reveal_person_phone(request: HttpRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User, pk=pk)
    record_reveal(action="read_phone", subject=user, operator=user_of(request), now=timezone.now())
    messages.info(request, _("Phone number: %(phone)s") % {"phone": show_phone(user.phone)})
    return redirect("operations:person", pk)


@operator_required
@require_POST
@never_cache
def change_person(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """One of ``DEEDS``; a new password is shown on the answer, once."""
    user, operator, now = get_object_or_404(User, pk=pk), user_of(request), timezone.now()
    if deed not in DEEDS:
        raise Http404
    try:
        password = DEEDS[deed](request, user, operator, now)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("operations:person", pk)
    if password:
        return _show_password(request, user, password)
    messages.success(request, _("Done."))
    return redirect("operations:person", pk)


def _suspend(request: HttpRequest, user: User, operator: User, now: datetime) -> None:
    staff.suspend_account(user=user, reason=request.POST.get("reason", "")[:300], operator=operator, now=now)


def _restore(request: HttpRequest, user: User, operator: User, now: datetime) -> None:
    staff.restore_account(user=user, operator=operator, now=now)


def _forget_second_factor(request: HttpRequest, user: User, operator: User, now: datetime) -> None:
    staff.forget_second_factor(user=user, operator=operator, now=now)


def _renew_password(request: HttpRequest, user: User, operator: User, now: datetime) -> str:
    return staff.renew_password(user=user, operator=operator, now=now)


def _make_staff(request: HttpRequest, user: User, operator: User, now: datetime) -> str:
    return staff.make_staff(user=user, operator=operator, now=now)


def _set_groups(request: HttpRequest, user: User, operator: User, now: datetime) -> None:
    staff.set_staff_groups(user=user, groups=request.POST.getlist("groups"), operator=operator, now=now)


Deed = Callable[[HttpRequest, User, User, datetime], str | None]
DEEDS: dict[str, Deed] = {
    "khoa": _suspend,
    "mo-lai": _restore,
    "quen-ung-dung": _forget_second_factor,
    "mat-khau": _renew_password,
    "thanh-can-bo": _make_staff,
    "quyen": _set_groups,
}


def _person_page(request: HttpRequest, user: User, **context: Any) -> HttpResponse:
    seen = person_seen(user)
    forms = {"groups_form": GroupsForm(initial={"groups": seen.groups}), "suspend_form": SuspendForm()}
    return render(
        request,
        "operations/person.html",
        {"person": user, "seen": seen, "history": shown_acts(seen.history), **forms, **context},
    )


def _show_password(request: HttpRequest, user: User, password: str) -> HttpResponse:
    return _person_page(request, user, password=password)
