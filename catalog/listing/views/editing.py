"""The one-page form: drafting and editing."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.guards import signed_in
from catalog.guards import household_acting, listing_acting
from catalog.listing.data import data_of, version_of
from catalog.listing.forms import ListingForm
from catalog.listing.services import (
    draft_listing,
    edit_listing,
    publish_listing,
    submit_for_check,
)
from catalog.models import Product
from catalog.photos.tray import PhotoTray, sent_photos
from catalog.properties import said_of
from catalog.selectors import branch_of
from core.errors import ChangedMeanwhile, DomainError
from core.forms import show_refusal, typed_again
from households.access import Acting


@signed_in
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, code: str) -> HttpResponse:
    """A new listing of one household."""
    now = timezone.now()
    acting = household_acting(request, code, now)
    if request.method == "GET":
        form = ListingForm(initial={"key": uuid4(), "origin_commune_id": acting.household.commune_id})
        return _show_form(request, form, PhotoTray([]), acting)
    form, tray = ListingForm(request.POST), sent_photos(request, None, now)
    if form.is_valid() and form.data_typed and not tray.errors:
        try:
            listing = draft_listing(
                acting=acting, data=form.data_typed, photos=tray.photos, key=form.cleaned_data["key"], now=now
            )
            return _go_on(request, listing, acting, now)
        except ChangedMeanwhile as refusal:
            return _show_conflict(request, form, tray, acting, refusal)
        except DomainError as refusal:
            show_refusal(form, refusal)
    return _show_form(request, form, tray, acting, status=422)


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The same form filled with the listing; whoever saves second sees both versions and decides."""
    now = timezone.now()
    listing, acting = listing_acting(request, pk, now)
    if request.method == "GET":
        start = {**asdict(data_of(listing)), "key": listing.key, "version": version_of(listing)}
        return _show_form(request, ListingForm(initial=start), PhotoTray(list(listing.photos.all())), acting, listing)
    form, tray = ListingForm(request.POST), sent_photos(request, listing, now)
    if form.is_valid() and form.data_typed and not tray.errors:
        try:
            version = form.cleaned_data["version"] or 0
            listing = edit_listing(
                acting=acting, listing=listing, data=form.data_typed, photos=tray.photos, version=version, now=now
            )
            return _go_on(request, listing, acting, now)
        except ChangedMeanwhile as refusal:
            return _show_conflict(request, form, tray, acting, refusal)
        except DomainError as refusal:
            show_refusal(form, refusal)
    return _show_form(request, form, tray, acting, listing, status=422)


def _go_on(request: HttpRequest, listing: Product, acting: Acting, now: datetime) -> HttpResponse:
    """Send the saved listing to a check or put it on sale, as the button said; a refusal leaves it saved."""
    messages.success(request, _("Saved."))
    wish = request.POST.get("then")
    try:
        if wish == "publish":
            publish_listing(checker=acting.user, listing=listing, now=now)
            messages.success(request, _("It is on sale now."))
        elif wish == "submit":
            submit_for_check(acting=acting, listing=listing, now=now)
            messages.success(request, _("Sent to be checked by a second person."))
    except DomainError as refusal:
        messages.warning(request, str(refusal))
    return redirect("listing:overview", pk=listing.pk)


def _show_conflict(
    request: HttpRequest, form: ListingForm, tray: PhotoTray, acting: Acting, refusal: ChangedMeanwhile
) -> HttpResponse:
    """Show both versions on one page; whoever saves again replaces the other one."""
    form = typed_again(form, refusal)
    kind = branch_of(refusal.current.pk)[-1].local_name
    theirs = [(gettext_lazy("kind"), kind), *said_of(data_of(refusal.current))]
    return _show_form(request, form, tray, acting, refusal.current, status=409, theirs=theirs)


def _show_form(
    request: HttpRequest,
    form: ListingForm,
    tray: PhotoTray,
    acting: Acting,
    listing: Product | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {"form": form, "tray": tray, "acting": acting, "household": acting.household, "listing": listing, **more}
    return render(request, "listing/form.html", context, status=status)
