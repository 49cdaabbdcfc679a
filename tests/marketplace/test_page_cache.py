"""Strangers share pages; a change is seen at once, and nothing of anybody else is ever shared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.cards import product_url, storefront_url
from catalog.models import Category, Photo, Product
from catalog.storefront import views
from catalog.storefront.product_page import product_page
from content.models import HomePage
from content.services import build_site
from core import editions
from households.access import Acting, Scope, acting_for
from households.models import Household
from marketplace.page_cache import KeptPage
from marketplace.page_policies import OPEN_PAGES
from search.asking import current_lexicon
from search.asking.synonym_rules import save_rule
from search.engines.circuit_breaker import circuit_breaker_of
from search.index import passes
from search.models import SynonymRule
from tests.architecture.test_routes_are_guarded import address
from tests.crowd import gather
from tests.doors import declared, routes
from tests.factories.catalog import listing, set_price
from tests.factories.orders import make_tariff, place
from tests.sign_in import sign_in

committing = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _pages_are_kept(settings):
    settings.PAGE_CACHE_SECONDS = 300
    for name in ("pages", "generations"):
        caches[name].clear()
    circuit_breaker_of.cache_clear()  # an engine that failed in another test would not be asked
    yield
    circuit_breaker_of.cache_clear()
    current_lexicon.forget()


@dataclass(frozen=True)
class Site:
    acting: Acting
    tea: Product
    commune: Any
    now: Any

    @property
    def addresses(self) -> dict[str, str]:
        household = self.acting.household
        branch = Category.objects.get()
        return {
            "home": "/",
            "product": product_url(self.tea.slug, self.tea.pk),
            "storefront": storefront_url(household.slug, household.code),
            "category": reverse("catalogue:category", kwargs={"category_slug": branch.slug, "pk": branch.pk}),
            "search": "/tim/?q=ch%C3%A8",
        }


@pytest.fixture
def site(cast, now) -> Site:
    caches["default"].clear()
    build_site(now=now)
    make_tariff(now)
    acting = acting_for(cast.head, cast.household, Scope.LISTING, now)
    tea = listing(acting, now, title="Chè Tân Cương", price=120_000, stock=10)
    passes.rebuild(engine="tantivy", now=now)
    return Site(acting, tea, cast.commune, now)


def get(path: str, client: Client | None = None, **headers: str) -> HttpResponse:
    return (client or Client()).get(path, headers={"Accept-Encoding": "", **headers})


def words(page: HttpResponse) -> str:
    return page.content.decode().replace("\u00a0", " ")


@pytest.mark.parametrize("name", ["home", "product", "storefront", "category", "search"])
@pytest.mark.django_db
def test_the_second_stranger_gets_the_page_of_the_first(site, name):
    path = site.addresses[name]
    first = get(path)
    assert first.status_code == 200
    with CaptureQueriesContext(connection) as queries:
        second = get(path)
    assert (len(queries), second.content) == (0, first.content)
    for page in (first, second):
        assert not page.cookies
        assert "cookie" not in page.get("Vary", "").lower()
        assert page["Cache-Control"] == "public, no-cache"
        assert "csrfmiddlewaretoken" not in words(page)
        assert page["Content-Security-Policy"]
        assert page["X-Frame-Options"]
    assert get(path, **{"If-None-Match": first["ETag"]}).status_code == 304


@pytest.mark.django_db
def test_each_language_and_each_packing_has_its_own_page(site):
    path = site.addresses["product"]
    english = Client()
    english.cookies["django_language"] = "en"
    assert "Giỏ hàng" in words(get(path))
    assert "Basket" in words(get(path, english))
    assert get(path, **{"Accept-Encoding": "gzip"})["Content-Encoding"] == "gzip"
    assert "Giỏ hàng" in words(get(path))


@pytest.mark.parametrize("name", ["product", "storefront", "category"])
@pytest.mark.django_db
def test_whoever_saves_data_gets_words_instead_of_pictures(site, name):
    path = site.addresses[name]
    assert "<picture>" in words(get(path))
    saved = words(get(path, **{"Save-Data": "on"}))
    assert 'src="/media/' not in saved
    assert "srcset" not in saved
    assert 'class="picture-saved' in saved
    assert "<picture>" in words(get(path))


CHANGES: dict[str, tuple[Callable[[Site], Any], tuple[str, ...]]] = {
    "a new price": (
        lambda site: set_price(acting=site.acting, listing=site.tea, price=99_000, now=site.now),
        ("home", "product", "storefront", "category", "search"),
    ),
    "goods that are ordered": (
        lambda site: place((site.tea, 3), commune=site.commune, now=site.now),
        ("product",),
    ),
    "the last that is ordered": (
        lambda site: place((site.tea, 10), commune=site.commune, now=site.now),
        ("product", "storefront", "category", "search"),
    ),
    "a statement over many rows": (
        lambda site: Household.objects.update(name="Hợp tác xã Hoa"),
        ("product", "storefront"),
    ),
    "a page of editors": (
        lambda site: HomePage.objects.get().save_revision().publish(),
        (),
    ),
    "a photo that is ready": (
        lambda site: Photo.objects.filter(listing=site.tea).update(widths=[320]),
        ("product", "storefront"),
    ),
    "a household that closes its storefront": (
        lambda site: Household.objects.filter(pk=site.acting.household.pk).update(is_selling=False),
        ("product", "storefront"),
    ),
    "a word of the region": (
        lambda site: save_rule(rule=SynonymRule(said="trà móc", means="chè"), actor=None, now=site.now),
        (),
    ),
}


@committing
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen_at_once(site, change):
    act, seen_on = CHANGES[change]
    before = {name: words(get(path)) for name, path in site.addresses.items()}
    edition = editions.generation()
    act(site)
    after = {name: words(get(path)) for name, path in site.addresses.items()}
    assert {name for name in seen_on if before[name] == after[name]} == set()
    if change != "goods that are ordered":
        assert editions.generation() != edition


@committing
def test_a_page_that_a_change_overtook_is_given_to_nobody(site, monkeypatch):
    """Between the reading of the price and the keeping of the page somebody else changes it."""
    path = site.addresses["product"]

    def read_and_overtaken(product: Product, when: Any) -> Any:
        page = product_page(product, when)
        monkeypatch.undo()
        place((site.tea, 3), commune=site.commune, now=site.now)
        return page

    monkeypatch.setattr(views, "product_page", read_and_overtaken)
    assert "Còn 10" in words(get(path))
    assert "Còn 7" in words(get(path))


@committing
def test_an_order_leaves_the_pages_of_other_listings(site):
    other = listing(site.acting, site.now, title="Mật ong hoa nhãn", stock=5)
    path = product_url(other.slug, other.pk)
    place((site.tea, 1), commune=site.commune, now=site.now)  # the first order of a site writes its country
    get(path)
    place((site.tea, 1), commune=site.commune, now=site.now)
    with CaptureQueriesContext(connection) as queries:
        get(path)
    assert len(queries) == 0


@committing
def test_a_change_that_is_undone_leaves_the_pages(site):
    edition = editions.generation()
    with transaction.atomic():
        Household.objects.update(name="Hợp tác xã Hoa")
        transaction.set_rollback(True)
    assert editions.generation() == edition


@pytest.mark.django_db
def test_what_a_stand_by_answers_is_kept_for_nobody(site, settings, tmp_path):
    settings.SEARCH_FOLDER = tmp_path / "nothing here"
    get(site.addresses["search"])
    with CaptureQueriesContext(connection) as queries:
        get(site.addresses["search"])
    assert len(queries) > 0


@pytest.mark.django_db
def test_nothing_of_a_person_or_a_basket_is_ever_kept(cast, now, monkeypatch):
    """Every declared route, asked by whom it is for and by a guest with a basket, and then by a stranger."""
    kept: list[str] = []
    crowd = gather(cast)
    build_site(now=now)
    acting = acting_for(cast.head, cast.household, Scope.LISTING, now)
    tea = listing(acting, now, title="Chè Tân Cương")
    guest = Client()
    guest.post(reverse("basket:add", args=[tea.pk]), {"quantity": "1"})
    assert guest.cookies
    path = ""
    monkeypatch.setattr(
        caches["pages"], "set", lambda key, value, seconds: kept.append(path) if isinstance(value, KeptPage) else None
    )
    open_ = set()
    for name, pattern in routes():
        door = declared().get(name)
        if door is None or door.method != "get" or door.untried:
            continue
        caches["default"].clear()
        with transaction.atomic():  # what a door prepares may be there only once
            door.prepare(cast)
            path = address(name, door.kwargs(cast))
            for who in (*(sign_in(Client(), crowd.people[person]) for person in door.audience.welcome[:1]), guest):
                answer = who.get(path, door.data)
                assert kept == [], path
                assert pattern.startswith("/media/") or "public" not in answer.get("Cache-Control", ""), path
            answer = Client().get(path, door.data)
            transaction.set_rollback(True)
        if kept:
            open_.add(answer.resolver_match.view_name)
            assert "csrfmiddlewaretoken" not in answer.content.decode()
            kept.clear()
    assert {"catalogue:detail", "storefront:household", "wagtail_serve"} <= open_ <= OPEN_PAGES


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}, 302),
        ({"Sec-Fetch-Site": "same-origin"}, 302),
        ({"Origin": "http://testserver"}, 302),
        ({}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://testserver.evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example"}, 403),
    ],
)
@pytest.mark.django_db
def test_a_form_without_a_token_is_taken_from_our_pages_alone(site, headers, status):
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post(reverse("basket:add", args=[site.tea.pk]), {"quantity": "1"}, headers=headers)
    assert answer.status_code == status
    assert ("oscar_open_basket" in browser.cookies) == (status == 302)


@pytest.mark.django_db
def test_a_wrong_token_is_refused_wherever_it_comes_from(site):
    browser = Client(enforce_csrf_checks=True)
    typed = {"quantity": "1", "csrfmiddlewaretoken": "x" * 64}
    path = reverse("basket:add", args=[site.tea.pk])
    assert browser.post(path, typed, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 403


@pytest.mark.parametrize("cookie", ["gio_hang_so", "sessionid", "anything_at_all"])
@pytest.mark.django_db
def test_whoever_brings_another_cookie_is_served_anew(site, cookie):
    path = site.addresses["product"]
    get(path)
    visitor = Client()
    visitor.cookies[cookie] = "3"
    page = get(path, visitor)
    assert ('class="basket-count">3<' in words(page)) == (cookie == "gio_hang_so")
    assert "csrfmiddlewaretoken" in words(page)
    assert "public" not in page.get("Cache-Control", "")
    assert "csrfmiddlewaretoken" not in words(get(path))


@committing
def test_what_stands_beside_a_listing_is_put_together_once_for_all_visitors(site):
    other = listing(site.acting, site.now, title="Mật ong hoa nhãn", price=70_000)
    path = site.addresses["product"]

    def visit() -> tuple[int, str]:
        visitor = Client()
        visitor.cookies["gio_hang_so"] = "1"
        with CaptureQueriesContext(connection) as queries:
            page = words(get(path, visitor))
        return len(queries), page

    first, second = visit(), visit()
    assert second[0] < first[0]
    assert "70.000" in second[1]
    set_price(acting=site.acting, listing=other, price=65_000, now=site.now)
    assert "65.000" in visit()[1]
