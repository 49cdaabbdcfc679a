"""Certificates in the search: a facet of what is valid today, and words that the paper answers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from catalog.certificates.services import announce_validity_changes, record_quality_certificate
from households.access import Acting
from search.engines import registry
from search.engines.fields import trust
from search.index import passes
from search.index.source import Source
from tests.factories.catalog import category, certified, listing, quality_paper
from tests.search.listings import everything

PAGE, TANTIVY = "/tim/", "tantivy"


@pytest.fixture
def other(cast) -> Acting:
    return Acting(cast.other_head, cast.other_household)


@pytest.fixture
def contents(cast, acting, other, now):
    """Tea with a paper, with only a claim, with a paper nobody confirmed, and without any; and a certified lychee."""
    certain = listing(acting, now, title="Chè búp")
    certified(certain, acting, cast.operator, now)
    certified(certain, acting, cast.operator, now, kind="organic", number="HC-1")
    listing(other, now, title="Chè đồi", description="Trồng theo hướng hữu cơ, đạt VietGAP.")
    waiting = listing(other, now, title="Chè vườn")
    record_quality_certificate(acting=other, listing=waiting, paper=quality_paper(now, kind="haccp"), now=now)
    listing(acting, now, title="Chè lá")
    lychee = listing(acting, now, title="Vải thiều", category_id=category("vai", "Vải").pk)
    certified(lychee, acting, cast.operator, now, kind="globalgap")
    passes.rebuild(engine=TANTIVY, now=now)
    return certain


def titles(response) -> list[str]:
    return [card.title for card in response.context["results"].cards]


def facet(response, title: str) -> dict[str, int]:
    facets = response.context["results"].facets
    return next(({choice.label: choice.count for choice in view.choices} for view in facets if view.title == title), {})


@pytest.mark.parametrize(
    ("language", "title", "names"),
    [
        ("vi", "Chứng nhận", ["VietGAP", "GLOBALG.A.P.", "Hữu cơ"]),
        ("en", "Certificate", ["VietGAP", "GLOBALG.A.P.", "Organic"]),
    ],
)
def test_the_facet_names_what_is_confirmed_and_valid(client, contents, language, title, names):
    client.cookies["django_language"] = language
    page = client.get(PAGE)
    assert list(facet(page, title)) == names
    assert set(facet(page, title).values()) == {1}


def test_the_facet_narrows_and_cards_show_the_paper(client, contents):
    page = client.get(PAGE, {"certificate": "organic"})
    assert titles(page) == ["Chè búp"]
    assert '<li class="badge badge--certified">Hữu cơ</li>' in page.content.decode()
    assert titles(client.get(PAGE, {"certificate": ["organic", "globalgap"]})) != []
    assert titles(client.get(PAGE, {"certificate": "haccp"})) == []


@pytest.mark.parametrize("typed", ["vietgap", "chứng nhận vietgap", "hữu cơ", "huu co", "organic", "VIET GAP"])
def test_the_word_alone_finds_the_paper_first_and_then_the_claim(client, contents, typed):
    assert titles(client.get(PAGE, {"q": typed})) == ["Chè búp", "Chè đồi"]


@pytest.mark.parametrize(
    "typed", ["chè hữu cơ", "che huu co", "chè vietgap", "chè đạt chuẩn vietgap", "chef huwux cow"]
)
def test_with_a_thing_the_paper_comes_first_and_nothing_is_hidden(client, contents, typed):
    found = titles(client.get(PAGE, {"q": typed}))
    assert found[:2] == ["Chè búp", "Chè đồi"]
    assert sorted(found[2:]) == ["Chè lá", "Chè vườn"]


def test_a_paper_that_only_the_category_fits_stands_before_a_claim(client, cast, acting, other, now):
    """The certified one says the thing only by its category; the claim names it, and begins with it."""
    plain = listing(acting, now, title="Búp non Tân Cương")
    certified(plain, acting, cast.operator, now, kind="organic")
    listing(other, now, title="Chè xanh", description="Hữu cơ.")
    passes.rebuild(engine=TANTIVY, now=now)
    assert titles(client.get(PAGE, {"q": "chè xanh hữu cơ"})) == ["Búp non Tân Cương", "Chè xanh"]


def test_what_is_no_certificate_is_not_answered_by_one(client, contents):
    assert "Chè búp" not in titles(client.get(PAGE, {"q": "phân hữu cơ"}))


def test_the_words_suggest_what_has_the_paper(client, contents):
    found = client.get("/tim/goi-y/", {"q": "vietgap"}).json()
    assert [entry["name"] for entry in found["listings"]] == ["Chè búp", "Chè đồi"]


def test_a_paper_makes_a_listing_more_trusted(contents, now):
    by_title = {document.title: document for document in Source(now).listings(version=0)}
    assert by_title["Chè búp"].certificates == ("vietgap", "organic")
    assert trust(by_title["Chè búp"]) == trust(by_title["Chè lá"]) + 20
    assert by_title["Chè vườn"].certificates == ()


def indexed_kinds() -> tuple[str, ...]:
    engine = registry.engine(TANTIVY)
    return engine.fetch(engine.search(everything()).candidates)[0].certificates


def test_a_paper_enters_and_leaves_the_index_on_its_days(cast, acting, indexed, now):
    """The daily task tells, the next drain carries it, and the nightly comparison has nothing left to find."""
    begins, ends = now.date() + timedelta(days=3), now.date() + timedelta(days=30)
    certified(indexed, acting, cast.operator, now, issued_date=begins, expiry_date=ends)
    seen = {}
    for day in (0, 2, 3, 30, 31):
        then = now + timedelta(days=day)
        announce_validity_changes(today=then.date())
        passes.drain(engine=TANTIVY, now=then)
        seen[day] = indexed_kinds()
        assert passes.compare(engine=TANTIVY, now=then) == set(), day
    assert seen == {0: (), 2: (), 3: ("vietgap",), 30: ("vietgap",), 31: ()}


def test_a_day_that_nobody_told_of_is_found_by_the_comparison(cast, acting, indexed, now):
    ends = now.date() + timedelta(days=1)
    certified(indexed, acting, cast.operator, now, expiry_date=ends)
    passes.drain(engine=TANTIVY, now=now)
    later = now + timedelta(days=20)
    assert passes.compare(engine=TANTIVY, now=later) == {indexed.pk}
    assert passes.compare(engine=TANTIVY, now=later) == set()
    assert indexed_kinds() == ()


def test_confirming_sends_the_listing_to_the_index(cast, acting, indexed, now):
    certified(indexed, acting, cast.operator, now)
    assert passes.drain(engine=TANTIVY, now=now) == 1
    assert indexed_kinds() == ("vietgap",)


@pytest.mark.parametrize(
    ("language", "said"), [("vi", "Chưa mặt hàng nào ở đây có giấy"), ("en", "Nothing found here has a confirmed")]
)
def test_the_page_says_when_only_claims_are_found(client, contents, language, said):
    client.cookies["django_language"] = language
    assert said in client.get(PAGE, {"q": "vải hữu cơ"}).content.decode()
    assert said not in client.get(PAGE, {"q": "chè hữu cơ"}).content.decode()
    assert said not in client.get(PAGE, {"q": "chè"}).content.decode()
