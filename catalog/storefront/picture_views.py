"""The household's own pictures: put on and taken off by the household, or by its team under a mandate."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.guards import signed_in, user_of
from catalog.models import Portrait
from catalog.photos.portraits import Portraits, portraits_of, remove_portrait, set_portrait
from core.errors import DomainError
from core.forms import show_refusal
from households.access import Acting, NotAllowed, acting_for
from households.models import Household, Scope


class PortraitsForm(forms.Form):
    """``remove`` is the picture to take off, pressed instead of "save"."""

    face = forms.FileField(
        label=gettext_lazy("Who we are"),
        help_text=gettext_lazy("One or more of you, by daylight, faces towards the light."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*,.heic,.heif"}),
    )
    land = forms.FileField(
        label=gettext_lazy("Our land"),
        help_text=gettext_lazy("Your field, garden, pond or kitchen, held sideways."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*,.heic,.heif"}),
    )
    remove = forms.ChoiceField(choices=Portrait.choices, required=False, widget=forms.HiddenInput)


@signed_in
@require_http_methods(["GET", "POST"])
def household_pictures(request: HttpRequest, code: str) -> HttpResponse:
    """What the storefront shows of the household, and what may take its place."""
    now = timezone.now()
    acting = _acting(request, code, now)
    form = PortraitsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _saved(request, acting, form, now):
        return redirect("storefront:pictures", acting.household.code)
    shown = portraits_of([acting.household.pk]).get(acting.household.pk, Portraits())
    context = {"household": acting.household, "form": form, "portraits": shown}
    return render(request, "storefront/pictures.html", context, status=422 if form.errors else 200)


def _acting(request: HttpRequest, code: str, now: datetime) -> Acting:
    """Raises Http404 for whoever may not write this household's storefront."""
    household = get_object_or_404(Household.objects.select_related("commune__province"), code=code)
    try:
        return acting_for(user_of(request), household, Scope.STOREFRONT, now)
    except NotAllowed as refusal:
        raise Http404 from refusal


def _saved(request: HttpRequest, acting: Acting, form: PortraitsForm, now: datetime) -> bool:
    """Whether everything that was sent is kept; each picture that is not says why beside its field."""
    if form.cleaned_data["remove"]:
        remove_portrait(acting=acting, portrait=Portrait(form.cleaned_data["remove"]), now=now)
        messages.success(request, _("The picture is off the storefront."))
        return True
    for portrait in Portrait:
        if upload := form.cleaned_data[portrait.value]:
            try:
                set_portrait(acting=acting, portrait=portrait, upload=upload, now=now)
            except DomainError as refusal:
                refusal.field = portrait.value
                show_refusal(form, refusal)
            else:
                messages.success(request, _("The picture is on the storefront as soon as it is ready."))
    return not form.errors
