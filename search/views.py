"""The search page, suggestions while typing, and saved searches."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from marketplace.accounts.guards import operator_required, signed_in, user_of
from marketplace.core.errors import DomainError
from search import alerts, selectors
from search.asking import ask
from search.finding import suggest
from search.models import SavedSearch
from search.parameters import Parameters
from search.port import Facet
from search.ranking import Situation
from search.results import results_for
from search.suggestions import as_json

HOME_PROVINCE = "province_code"
"""Where the session keeps the province that the visitor last asked delivery to."""


@require_GET
def search_page(request: HttpRequest) -> HttpResponse:
    parameters = Parameters(request.GET, reverse("search:search"))
    results = results_for(parameters, situation_of(request, parameters))
    last = results.page_obj.paginator.num_pages
    if parameters.page > last:
        return redirect(parameters.on_page(last))
    saved = alerts.is_saved(user=request.user, text=parameters.text, choices=parameters.named_choices)
    return render(request, "search/page.html", {"results": results, "query": parameters.text, "is_saved": saved})


@require_GET
def category(request: HttpRequest, category_slug: str, pk: int) -> HttpResponse:
    """Everything in one branch of the tree; the branch is the page, so it is not offered as a choice."""
    parameters = Parameters(request.GET, request.path)
    results = results_for(parameters, situation_of(request, parameters), fixed={Facet.CATEGORY: (str(pk),)})
    shown = results.names.category(str(pk))
    if shown is None:
        raise Http404
    if shown.slug != category_slug:
        return redirect("catalogue:category", category_slug=shown.slug, pk=pk, permanent=True)
    branch = results.names.branch(shown)
    return render(request, "search/category.html", {"results": results, "category": shown, "branch": branch})


@require_GET
def suggestions(request: HttpRequest) -> JsonResponse:
    """Listings, categories and places for an unfinished text."""
    parameters = Parameters(request.GET, reverse("search:search"))
    situation = situation_of(request, parameters)
    if not parameters.text:
        return JsonResponse({"listings": [], "categories": [], "places": []})
    found = ask(lambda engine, language: suggest(engine, parameters.text, language, situation), situation.now)
    response = JsonResponse(as_json(found, situation.now))
    response["Cache-Control"] = "private, max-age=60"
    return response


@require_POST
@signed_in
def save_search(request: HttpRequest) -> HttpResponse:
    parameters = Parameters(request.POST, reverse("search:search"))
    try:
        alerts.save_search(
            user=user_of(request), text=parameters.text, choices=parameters.named_choices, now=timezone.now()
        )
    except DomainError as error:
        messages.error(request, error.message)
        return redirect(parameters.with_text(parameters.text))
    messages.success(request, _("Saved. We will send you a message when something new arrives."))
    return redirect("search:saved")


@signed_in
def saved_searches(request: HttpRequest) -> HttpResponse:
    return render(request, "search/saved.html", {"saved": alerts.shown_searches(user_of(request))})


@require_POST
@signed_in
def forget_search(request: HttpRequest, pk: int) -> HttpResponse:
    alerts.forget_search(saved=get_object_or_404(SavedSearch, pk=pk, user=user_of(request)))
    return redirect("search:saved")


@operator_required
def state(request: HttpRequest) -> HttpResponse:
    """How the engines are and what was indexed last; operators only."""
    shown = {"engines": selectors.engine_states(), "passes": selectors.latest_passes()}
    return render(request, "search/state.html", shown)


def situation_of(request: HttpRequest, parameters: Parameters) -> Situation:
    """Now and here: a chosen delivery province is remembered and ranks what is near for the rest of the visit."""
    chosen = parameters.chosen(Facet.DELIVERY)[:1]
    session: Any = request.session
    if chosen and session.get(HOME_PROVINCE) != chosen[0] and selectors.is_province(chosen[0]):
        session[HOME_PROVINCE] = chosen[0]
    return Situation(timezone.now(), str(session.get(HOME_PROVINCE, "")))
