"""The search page, suggestions while typing, and saved searches."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.guards import operator_required, signed_in, user_of
from catalog.models import Category
from catalog.storefront.structured_data import absolute
from core.errors import DomainError
from households.services import record_search
from search import selectors
from search.asking.failover import ask_engines
from search.asking.finding import suggest
from search.asking.parameters import Parameters
from search.asking.ranking import Situation
from search.engines.port import Facet
from search.models import SavedSearch
from search.pages.results import ResultsPage, results_for
from search.pages.suggestions import as_json
from search.saved import saved_searches
from search.saved.saved_searches import SearchTerms

BACK = "back"
"""The field that says where a search was saved from."""

HOME_PROVINCE = "province_code"
"""Where the session keeps the province that the visitor last asked delivery to."""


@require_GET
def search_page(request: HttpRequest) -> HttpResponse:
    parameters = Parameters(request.GET, reverse("search:search"))
    results = results_for(parameters, situation_of(request, parameters))
    if parameters.text and request.user.is_authenticated:
        record_search(user=user_of(request), now=timezone.now())
    return _page(request, "search/page.html", results, query=parameters.text)


@require_GET
def category(request: HttpRequest, category_slug: str, pk: int) -> HttpResponse:
    """The page of a category: everything in it and below it."""
    path = reverse("catalogue:category", args=[category_slug, pk])
    parameters = Parameters(request.GET, path, fixed={Facet.CATEGORY: (str(pk),)})
    results = results_for(parameters, situation_of(request, parameters))
    shown = results.labels.category(str(pk))
    if shown is None:
        raise Http404
    if shown.slug != category_slug:
        return redirect("catalogue:category", category_slug=shown.slug, pk=pk, permanent=True)
    more = {"branch": results.labels.branch(shown), "canonical": absolute(parameters.canonical())}
    return _page(request, "search/category.html", results, category=shown, **more)


@require_GET
def kind(request: HttpRequest, code: str) -> HttpResponse:
    """A category by the code with which it is shipped: the header names it without asking for its number."""
    named = get_object_or_404(Category, code=code)
    return category(request, named.slug, named.pk)


def _page(request: HttpRequest, template: str, results: ResultsPage, **shown: Any) -> HttpResponse:
    """A page of results, with what a saved search would keep of it. A number behind the last page leads to the last."""
    last = results.page_obj.paginator.num_pages
    if results.parameters.page > last:
        return redirect(results.parameters.on_page(last))
    terms = saved_searches.terms_of_page(request.user, results.parameters)
    return render(request, template, {"results": results, "terms": terms, **shown})


@require_GET
def suggestions(request: HttpRequest) -> JsonResponse:
    """Listings, categories and places for an unfinished text."""
    parameters = Parameters(request.GET, reverse("search:search"))
    situation = situation_of(request, parameters)
    if not parameters.text:
        return JsonResponse({"listings": [], "categories": [], "places": []})
    found = ask_engines(lambda engine, lexicon: suggest(engine, parameters.text, lexicon, situation), situation.now)
    response = JsonResponse(as_json(found, situation.now))
    response["Cache-Control"] = "private, max-age=60"
    return response


@require_http_methods(["GET", "POST"])
def save_search(request: HttpRequest) -> HttpResponse:
    """Save a search. Only a POST saves; a visitor who has to sign in first comes back with GET and confirms once
    more."""
    sent = request.POST if request.method == "POST" else request.GET
    parameters = Parameters(sent, reverse("search:search"))
    terms, back = saved_searches.normalised_terms(parameters.text, parameters.named_choices), _back(sent, parameters)
    if not request.user.is_authenticated:
        return redirect_to_login(f"{request.path}?{urlencode([*terms.fields, (BACK, back)])}")
    if request.method == "POST":
        _save(request, terms)
        return redirect(back)
    if not terms:
        return redirect(back)
    shown = {"terms": terms, "back": back, "label": saved_searches.label_of(terms)}
    return render(request, "search/save.html", shown)


def _save(request: HttpRequest, terms: SearchTerms) -> None:
    try:
        saved_searches.save_search(user=user_of(request), text=terms.text, choices=terms.choices, now=timezone.now())
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Saved. We will send you a message when something new arrives."))


def _back(sent: QueryDict, parameters: Parameters) -> str:
    """The address of the page with the button, if it is one of this site; otherwise that of the search."""
    back = sent.get(BACK, "")
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if is_ours else parameters.here()


@signed_in
def saved(request: HttpRequest) -> HttpResponse:
    return render(request, "search/saved.html", {"saved": saved_searches.shown_searches(user_of(request))})


@require_POST
@signed_in
def forget_search(request: HttpRequest, pk: int) -> HttpResponse:
    saved = get_object_or_404(SavedSearch, pk=pk, user=user_of(request))
    label = saved_searches.label_of(saved)
    saved_searches.forget_search(saved=saved)
    messages.success(request, _("Forgotten: %(label)s. You get no more messages about it.") % {"label": label})
    return redirect("search:saved")


@operator_required
def state(request: HttpRequest) -> HttpResponse:
    """The health of the engines and the latest passes, for operators."""
    shown = {"engines": selectors.engine_states(), "passes": selectors.latest_passes()}
    return render(request, "search/state.html", shown)


def situation_of(request: HttpRequest, parameters: Parameters) -> Situation:
    """The moment and the visitor's province. The province is the one that delivery was last asked for during the visit;
    listings from there rank a little higher."""
    chosen = parameters.chosen(Facet.DELIVERY)[:1]
    session: Any = request.session
    if chosen and session.get(HOME_PROVINCE) != chosen[0] and selectors.is_province(chosen[0]):
        session[HOME_PROVINCE] = chosen[0]
    return Situation(timezone.now(), str(session.get(HOME_PROVINCE, "")))
