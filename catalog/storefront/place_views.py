"""Pages of communes, and the ways there: what is near the visitor, and what is in season."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from catalog.storefront.places import listings_of_commune, newest_cards, seasons_of, sellers_of
from catalog.storefront.structured_data import absolute, as_script, crumb_list
from core.periods import vietnam_date
from households.models import Commune, CommuneSuccession, Household
from households.places.chosen import chosen_place


@require_safe
def commune_page(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Who sells from a commune, what and when; a commune that was merged leads to the one that took it in."""
    commune = Commune.objects.select_related("province").filter(code=code, valid_until=None).first()
    if commune is None:
        return _to_heir(code)
    address = commune_address(commune)
    if slug != commune.slug:
        return HttpResponsePermanentRedirect(address)
    now = timezone.now()
    listings = listings_of_commune(commune)
    province = reverse("wagtail_serve", args=[f"tinh/{commune.province.slug}/"])
    context = {
        "commune": commune,
        "cards": newest_cards(listings, now),
        "sellers": sellers_of(Household.objects.filter(commune=commune)),
        "seasons": seasons_of(listings),
        "province_address": province,
        "canonical": absolute(address),
        "structured": as_script(crumb_list([(commune.province.name, province), (commune.name, address)])),
    }
    return render(request, "storefront/commune.html", context)


def commune_address(commune: Commune) -> str:
    return reverse("place:commune", kwargs={"slug": commune.slug, "code": commune.code})


def _to_heir(former_code: str) -> HttpResponse:
    """Where several took a part of it, the province's page shows them all. Raises Http404 without any."""
    taken_in = CommuneSuccession.objects.filter(former_code=former_code, commune__valid_until=None)
    heirs = list(Commune.objects.filter(former_units__in=taken_in).select_related("province").distinct())
    if len(heirs) == 1:
        return redirect(commune_address(heirs[0]), permanent=True)
    if not heirs:
        raise Http404
    return redirect(reverse("wagtail_serve", args=[f"tinh/{heirs[0].province.slug}/"]), permanent=True)


@never_cache
@require_safe
def near_me(request: HttpRequest) -> HttpResponse:
    """What is on sale nearest to the place that the visitor gave; it is asked for where it is not known."""
    place = chosen_place(request)
    if place is None:
        return redirect(f"{reverse('delivery:place')}?{urlencode({'next': request.path})}")
    commune = Commune.objects.get(code=place.code)
    if listings_of_commune(commune).exists():
        return redirect(commune_address(commune))
    return redirect(f"{reverse('search:search')}?{urlencode({'province': place.province.code})}")


@never_cache
@require_safe
def in_season(request: HttpRequest) -> HttpResponse:
    """Everything harvested in this month of Vietnam's calendar."""
    return redirect(f"{reverse('search:search')}?{urlencode({'season': vietnam_date(timezone.now()).month})}")
