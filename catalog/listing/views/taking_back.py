"""Off sale, deleted, and back again: each asks once, and can be taken back for a while."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.guards import signed_in
from catalog.guards import listing_acting
from catalog.listing.services import delete_draft, put_back_listing, restore_draft, withdraw_listing
from catalog.models import OPEN_REVISION, Product
from core.errors import DomainError


@signed_in
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then take the listing off sale."""
    said = _("Taken off sale. You can put it back as it was for 7 days.")
    return _ask(request, pk, "listing/withdraw.html", withdraw_listing, said)


@signed_in
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then delete the draft."""
    return _ask(request, pk, "listing/delete.html", delete_draft, _("Deleted. You can restore it for 7 days."))


@signed_in
@require_POST
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the withdrawal back."""
    return _do(request, pk, put_back_listing, _("It is back as it was."))


@signed_in
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the deletion of a draft back."""
    return _do(request, pk, restore_draft, _("Restored as a draft."))


def _ask(request: HttpRequest, pk: int, template: str, verb: Callable[..., Product], said: str) -> HttpResponse:
    if request.method == "POST":
        return _do(request, pk, verb, said)
    listing, _acting = listing_acting(request, pk, timezone.now())
    context: dict[str, Any] = {
        "listing": listing,
        "open_changes": listing.revisions.filter(status__in=OPEN_REVISION).count(),
    }
    return render(request, template, context)


def _do(request: HttpRequest, pk: int, verb: Callable[..., Product], said: str) -> HttpResponse:
    """Do it, or say why not; the listing's page follows in both cases."""
    now = timezone.now()
    listing, acting = listing_acting(request, pk, now)
    try:
        verb(acting=acting, listing=listing, now=now)
        messages.success(request, said)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("listing:overview", pk=pk)
