"""What operators see of the running of the site, what browsers ask of every site, and the page of living components."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.guards import operator_required
from marketplace.living_components import components
from marketplace.watchdog import entry_states

LONG = 24 * 60 * 60
"""Seconds for which a browser keeps what hardly ever changes."""
ICONS = ((192, "img/icon-192.png"), (512, "img/icon-512.png"))


@operator_required
@require_safe
def show_periodic_work(request: HttpRequest) -> HttpResponse:
    """Each entry of the schedule, when it ran last and how it ended."""
    return render(request, "periodic_work.html", {"entries": entry_states(timezone.now())})


@require_safe
@cache_control(max_age=LONG)
def favicon(request: HttpRequest) -> HttpResponse:
    """The address that browsers and other sites try without being told."""
    return HttpResponseRedirect(static("img/favicon.ico"))


@require_safe
@cache_control(max_age=LONG)
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone shows when somebody puts the market on the first screen."""
    said = {
        "name": "Chợ Nhà Nông",
        "short_name": "Chợ Nhà Nông",
        "description": _("Farm produce straight from the household that grows it."),
        "lang": "vi",
        "start_url": "/",
        "display": "minimal-ui",
        "background_color": "#faf7ec",
        "theme_color": "#14532d",
        "icons": [
            {"src": static(path), "sizes": f"{side}x{side}", "type": "image/png", "purpose": "any maskable"}
            for side, path in ICONS
        ],
    }
    return JsonResponse(said, content_type="application/manifest+json")


@require_safe
def show_design(request: HttpRequest) -> HttpResponse:
    """Every component with the stylesheet that the site has now; in development only."""
    return render(request, "design.html", components())
