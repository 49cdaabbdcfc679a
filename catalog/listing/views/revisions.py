"""A change of a listing on sale, shown as what differs; whoever may publishes it, sends it back or takes it back."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.guards import signed_in, user_of
from catalog.access import revisions_to_check
from catalog.guards import checkers_only, listing_acting, revision_seen, revision_to_check
from catalog.listing.data import data_of, words_of
from catalog.listing.difference import difference_of
from catalog.listing.forms import ReasonForm
from catalog.listing.services import publish_revision, send_back_revision, take_back_revision
from catalog.models import ListingRevision, ListingStatus
from catalog.photos.picture import picture_of
from catalog.photos.selectors import counted_photos, photos_by_key
from core.errors import DomainError, NotAllowed
from households.access import acting_for
from households.models import Scope


@checkers_only
@require_safe
def revision(request: HttpRequest, pk: int) -> HttpResponse:
    """What the change changes, for whoever works on the listing or checks it."""
    now = timezone.now()
    return _show(request, revision_seen(request, pk, now), ReasonForm(), now)


@checkers_only
@require_POST
def decide_revision(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the change, or send it back saying what to mend."""
    now = timezone.now()
    change, user = revision_to_check(request, pk, now), user_of(request)
    back = request.POST.get("decision") == "back"
    form = ReasonForm(request.POST if back else None)
    try:
        if not back:
            publish_revision(checker=user, revision=change, now=now)
            messages.success(request, _("Published: buyers read it now."))
            return redirect("listing:revision", pk=pk)
        if form.is_valid():
            send_back_revision(checker=user, revision=change, note=form.cleaned_data["reason"], now=now)
            messages.success(request, _("Sent back to be mended. Buyers go on reading what stood before."))
            return redirect("listing:to_check")
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return _show(request, change, form, now, status=422)


@signed_in
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the change up; it can be taken up again for a while."""
    now = timezone.now()
    change = revision_seen(request, pk, now)
    _listing, acting = listing_acting(request, change.listing_id, now)
    try:
        take_back_revision(acting=acting, revision=change, now=now)
        messages.success(request, _("Taken back. Buyers read what stood before; you can take it up again for 7 days."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("listing:overview", pk=change.listing_id)


def _show(
    request: HttpRequest, change: ListingRevision, form: ReasonForm, now: datetime, status: int = 200
) -> HttpResponse:
    """An open change beside what stands now, a past one beside what stood when it was written."""
    user, listing = user_of(request), change.listing
    stood, stood_keys = change.stood, change.stood_photo_keys
    if change.is_open:
        stood, stood_keys = words_of(data_of(listing)), [str(photo.key) for photo in counted_photos(listing)]
    try:
        acting = acting_for(user, listing.household, Scope.LISTING, now)
        is_mine = acting.team in (None, change.team)
    except NotAllowed:  # an operator, who checks without acting for the household
        acting, is_mine = None, False
    difference = difference_of(stood, change.words, stood_keys, change.photo_keys)
    context = {
        "revision": change,
        "listing": listing,
        "difference": difference,
        "added": [
            (photo, picture_of(photo, "") if photo.is_ready else None) for photo in photos_by_key(difference.added)
        ],
        "removed": [
            (photo, picture_of(photo, "") if photo.is_ready else None) for photo in photos_by_key(difference.removed)
        ],
        "is_stale": change.is_open and change.base_version != listing.version,
        "may_check": revisions_to_check(user, now).filter(pk=change.pk).exists(),
        "may_mend": acting is not None and acting.team == change.team and listing.status == ListingStatus.PUBLISHED,
        "may_take_back": is_mine,
        "works_on_it": acting is not None,
        "form": form,
    }
    return render(request, "listing/revision.html", context, status=status)
