"""Choosing where goods are sent: by typing, or by province and then commune; works without script."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.going_back import is_ours
from core.name_order import name_key
from households.forms import CommuneField
from households.places.chosen import chosen_place, communes_beginning, communes_of_province, keep_place
from households.places.index import place_index

MAX_SUGGESTIONS = 8
MAX_TYPED = 100
KEPT = 24 * 60 * 60
"""Seconds for which a browser may keep the suggestions of a text: names of places hardly ever change."""


class PlaceForm(forms.Form):
    commune = CommuneField(label=_("Commune or ward"), help_text=_("With or without tone marks, old names too."))


@never_cache
@require_http_methods(["GET", "POST"])
def choose_place(request: HttpRequest) -> HttpResponse:
    """``tinh`` opens the list of a province's communes; the answer leads back to the page one came from."""
    form = PlaceForm(request.POST or None)
    back = _back(request)
    if request.method == "POST" and form.is_valid():
        response = redirect(back)
        keep_place(response, form.cleaned_data["commune"].pk)
        return response
    provinces = sorted(place_index().provinces, key=lambda province: name_key(province.name))
    province = next((each for each in provinces if each.code == request.GET.get("tinh", "")), None)
    communes = communes_of_province(province.code) if province else []
    context = {
        "form": form,
        "back": back,
        "place": chosen_place(request),
        "provinces": provinces,
        "province": province,
        "communes": sorted(communes, key=lambda commune: name_key(commune.name)),
    }
    return render(request, "delivery/place.html", context, status=422 if form.errors else 200)


@require_safe
@cache_control(max_age=KEPT)
def suggest_places(request: HttpRequest) -> JsonResponse:
    """Communes for an unfinished text, as the script of the field shows them."""
    found = communes_beginning(request.GET.get("q", "")[:MAX_TYPED], MAX_SUGGESTIONS)
    return JsonResponse({"places": [{"name": each.label, "detail": each.former} for each in found]})


def _back(request: HttpRequest) -> str:
    """The page one came from, only if it is ours; the first page otherwise."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if is_ours(asked, request) else "/"
