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
from catalog.listing.data import ListingData, data_of, version_of, with_words
from catalog.listing.forms import ListingForm
from catalog.listing.selectors import revision_to_begin_from
from catalog.listing.services import (
    draft_listing,
    edit_listing,
    open_revision_of,
    propose_revision,
    publish_listing,
    submit_for_check,
)
from catalog.models import Category, ListingRevision, ListingStatus, Product, RevisionStatus
from catalog.photos.picture import picture_of
from catalog.photos.selectors import photos_aside, photos_by_key
from catalog.photos.tray import PhotoTray, opened_tray, sent_photos
from catalog.properties import said_of
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
        return _show_form(request, form, opened_tray(request, None, []), acting)
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
    """The same form filled with the listing, or with the change of it that is under way.

    What is on sale is not written over: the form becomes a change beside it. Whoever saves second sees both versions
    and decides.
    """
    now = timezone.now()
    listing, acting = listing_acting(request, pk, now)
    if request.method == "GET":
        return _begin(request, listing, acting)
    form = ListingForm(request.POST, initial={"stock": data_of(listing).stock})
    tray = sent_photos(request, listing, now)
    if form.is_valid() and form.data_typed and not tray.errors:
        typed: dict[str, Any] = {
            "acting": acting,
            "listing": listing,
            "data": form.data_typed,
            "photos": tray.photos,
            "version": form.cleaned_data["version"] or 0,
            "now": now,
        }
        try:
            if listing.status == ListingStatus.PUBLISHED:
                change = propose_revision(replaces=form.cleaned_data["replaces"], **typed)
                return _say_what_becomes_of(request, change, listing, acting)
            return _go_on(request, edit_listing(**typed), acting, now)
        except ChangedMeanwhile as refusal:
            return _show_conflict(request, form, tray, acting, refusal)
        except DomainError as refusal:
            show_refusal(form, refusal)
    return _show_form(request, form, tray, acting, listing, status=422)


def _begin(request: HttpRequest, listing: Product, acting: Acting) -> HttpResponse:
    """The form as it opens: the listing, or its change under way, or the one that the address asks to take up again."""
    data, photos = data_of(listing), list(listing.photos.all())
    current = _change_under_way(listing, acting)
    shown = revision_to_begin_from(listing, request.GET.get("ban-sua", "")) or current
    if shown:
        data, photos = with_words(data, shown.words), photos_by_key(shown.photo_keys)
    start = {
        **asdict(data),
        "key": listing.key,
        "version": version_of(listing),
        "replaces": current.pk if current else None,
    }
    more: dict[str, Any] = {}
    if shown and shown.base_version != listing.version:
        more["theirs"] = _said(data_of(listing))
    tray = opened_tray(request, listing, photos)
    return _show_form(request, ListingForm(initial=start), tray, acting, listing, change=shown, **more)


def _change_under_way(listing: Product, acting: Acting) -> ListingRevision | None:
    return open_revision_of(acting, listing) if listing.status == ListingStatus.PUBLISHED else None


def _say_what_becomes_of(
    request: HttpRequest, change: ListingRevision | None, listing: Product, acting: Acting
) -> HttpResponse:
    """Go to the change where it waits for somebody, else back to the listing."""
    if change is None:
        messages.success(request, _("Saved."))
    elif change.status == RevisionStatus.PUBLISHED:
        messages.success(request, _("Saved. Buyers read it now."))
    elif acting.team:
        messages.success(request, _("Sent to be checked. Until then buyers read what stands now."))
    else:
        messages.info(request, _("Not published yet: look at what changes, then publish it."))
        return redirect("listing:revision", pk=change.pk)
    return redirect("listing:overview", pk=listing.pk)


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
    listing = refusal.current
    form, current = typed_again(form, refusal), _change_under_way(listing, acting)
    typed: Any = form.data  # the copy of ``typed_again``
    typed["replaces"] = str(current.pk) if current else ""
    data = with_words(data_of(listing), current.words) if current else data_of(listing)
    return _show_form(request, form, tray, acting, listing, status=409, theirs=_said(data))


def _said(data: ListingData) -> list[tuple[Any, str]]:
    """What the listing, or its change, says now; its kind first."""
    kind = Category.objects.filter(pk=data.category_id).first()
    return [(gettext_lazy("kind"), kind.local_name if kind else ""), *said_of(data)]


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
    if listing:
        kept = {photo.pk for photo in tray.photos}
        aside = [photo for photo in photos_aside(listing, timezone.now()) if photo.pk not in kept and photo.is_ready]
        context["aside"] = [(photo, picture_of(photo, "")) for photo in aside]
    return render(request, "listing/form.html", context, status=status)
