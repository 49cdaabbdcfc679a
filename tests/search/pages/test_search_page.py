"""What people see when they search."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import call_command
from django.urls import reverse

from catalog.models import Category
from households.access import Acting
from households.models import Act, CommuneSuccession
from search.index import passes
from search.pages.views import HOME_PROVINCE
from tests.factories.catalog import category, listing, set_stock
from tests.sign_in import sign_in

PAGE = "/tim/"


@pytest.fixture
def contents(cast, acting, now):
    """Two teas of one household, lychee of another in the next province, one of them sold out."""
    tea = listing(acting, now, harvest_months=(10,))
    sold_out = listing(acting, now, title="Chè nõn tôm", price=450_000)
    set_stock(acting=acting, listing=sold_out, stock=0, now=now)
    fruit = category("vai", "Vải")
    lychee = listing(
        Acting(cast.other_head, cast.other_household), now, title="Vải thiều Lục Ngạn", category_id=fruit.pk,
        price=45_000, harvest_months=(6,), origin_commune_id=cast.other_commune.pk, max_transit_days=2,
    )  # fmt: skip
    passes.rebuild(engine="tantivy", now=now)
    return tea, sold_out, lychee


def titles(response):
    return [card.title for card in response.context["results"].cards]


def facet(response, facet):
    wanted = response.context["results"].facets
    return next(({c.label: c for c in view.choices} for view in wanted if view.title == facet), {})


@pytest.mark.parametrize("typed", ["che tan cuong", "Chè Tân Cương", "che\u0300 ta\u0302n cu\u031bo\u031bng"])
def test_a_listing_is_found_however_it_is_typed(client, contents, typed):
    response = client.get(PAGE, {"q": typed})
    assert titles(response)[0] == "Chè Tân Cương loại một"
    assert "120.000" in response.content.decode()


def test_a_signed_in_household_that_searches_has_done_something(client, contents, cast):
    sign_in(client, cast.head)
    client.get(PAGE)
    assert not Act.objects.filter(kind=Act.Kind.SEARCH).exists()
    for words in ("che", "vai"):
        client.get(PAGE, {"q": words})
    assert Act.objects.get(kind=Act.Kind.SEARCH).household == cast.household


def test_a_stranger_who_searches_leaves_no_act(client, contents):
    client.get(PAGE, {"q": "che"})
    assert not Act.objects.filter(kind=Act.Kind.SEARCH).exists()


def test_few_results_go_on_with_what_comes_near(client, contents):
    results = client.get(PAGE, {"q": "chè nõn tôm"}).context["results"]
    assert (results.found.total, [card.title for card in results.cards]) == (1, ["Chè nõn tôm"])
    assert [card.title for card in results.nearby_cards] == ["Chè Tân Cương loại một"]


def test_listings_in_stock_come_before_those_sold_out(client, contents):
    assert titles(client.get(PAGE, {"q": "che"})) == ["Chè Tân Cương loại một", "Chè nõn tôm"]


def test_a_former_district_finds_what_grows_there(client, cast, contents, now):
    CommuneSuccession.objects.create(
        former_name="Quý Sơn", former_district_name="Huyện Lục Ngạn cũ", former_province_name="Bắc Giang",
        folded="quy son", folded_district="luc ngan cu", commune=cast.other_commune, effective_date="2025-07-01",
    )  # fmt: skip
    passes.rebuild(engine="tantivy", now=now)
    assert titles(client.get(PAGE, {"q": "vai bac giang"})) == ["Vải thiều Lục Ngạn"]


def test_choices_narrow_and_say_what_each_would_give(client, contents, cast):
    response = client.get(PAGE, {"province": cast.province.code})
    assert sorted(titles(response)) == ["Chè Tân Cương loại một", "Chè nõn tôm"]
    provinces = facet(response, "Nơi làm ra")
    assert {label: (choice.count, choice.is_chosen) for label, choice in provinces.items()} == {
        "Bắc Ninh": (1, False),
        "Thái Nguyên": (2, True),
    }


def test_a_choice_can_be_added_and_taken_back_by_its_link(client, contents, cast):
    first = client.get(PAGE, {"province": cast.province.code})
    both = client.get(facet(first, "Nơi làm ra")["Bắc Ninh"].url)
    assert len(titles(both)) == 3
    back = client.get(facet(both, "Nơi làm ra")["Bắc Ninh"].url)
    assert sorted(titles(back)) == sorted(titles(first))


def test_what_spoils_on_the_way_is_not_offered_far_away(client, contents, cast, now):
    call_command("load_shipping_tariff")
    passes.rebuild(engine="tantivy", now=now)
    assert "Vải thiều Lục Ngạn" in titles(client.get(PAGE, {"deliver": cast.other_province.code}))
    assert "Vải thiều Lục Ngạn" not in titles(client.get(PAGE, {"deliver": cast.province.code}))


def test_only_a_province_is_remembered_as_the_buyers_own(client, contents, cast):
    for typed in ("zzz'\"<x>", "0", cast.commune.code):
        client.get(PAGE, {"deliver": typed})
        assert HOME_PROVINCE not in client.session
    client.get(PAGE, {"deliver": cast.other_province.code})
    client.get("/tim/goi-y/", {"q": "chè", "deliver": "zzz"})
    assert client.session[HOME_PROVINCE] == cast.other_province.code


def test_prices_are_bounded_as_they_are_typed(client, contents):
    assert titles(client.get(PAGE, {"price_from": "100.000", "price_to": "200.000 đ"})) == ["Chè Tân Cương loại một"]
    assert len(titles(client.get(PAGE, {"price_from": "rẻ", "price_to": "-1"}))) == 3


def test_orders_other_than_the_best_fit(client, contents):
    cheapest = titles(client.get(PAGE, {"sort": "cheapest"}))
    assert cheapest == ["Vải thiều Lục Ngạn", "Chè Tân Cương loại một", "Chè nõn tôm"]
    assert titles(client.get(PAGE, {"sort": "dearest"})) == cheapest[::-1]


def test_a_slip_is_repaired_and_said(client, contents):
    response = client.get(PAGE, {"q": "vair thieeuf"})
    assert titles(response) == ["Vải thiều Lục Ngạn"]
    assert "Đang hiện kết quả cho" in response.content.decode()


def test_choices_that_leave_nothing_say_so_and_offer_the_next_harvest(client, contents):
    response = client.get(PAGE, {"q": "vai thieu", "season": "3"})
    assert titles(response) == []
    results = response.context["results"]
    assert results.found.without_choices == 1
    assert [month.count for month in results.neighbouring_months] == [1]
    assert titles(client.get(results.neighbouring_months[0].url)) == ["Vải thiều Lục Ngạn"]


def test_nothing_found_offers_a_way_on(client, contents):
    body = client.get(PAGE, {"q": "xyzxyz"}).content.decode()
    assert "Xem tất cả" in body
    assert "Báo cho tôi" in body


def test_twenty_four_to_a_page_and_none_twice(client, contents, acting, now):
    for number in range(30):
        listing(acting, now, title=f"Chè móc câu {number}")
    passes.rebuild(engine="tantivy", now=now)
    first, second = (titles(client.get(PAGE, {"page": page})) for page in (1, 2))
    assert (len(first), len(second)) == (24, 9)
    assert not set(first) & set(second)
    beyond = client.get(PAGE, {"page": 9})
    assert parse_qs(urlsplit(beyond["Location"]).query)["page"] == ["2"]


def test_a_large_household_does_not_fill_the_first_page(client, contents, cast, acting, now):
    for number in range(30):
        listing(acting, now, title=f"Chè xuân {number}")
    small = listing(Acting(cast.other_head, cast.other_household), now, title="Chè xuân nhà Bình")
    passes.rebuild(engine="tantivy", now=now)
    assert small.title in titles(client.get(PAGE, {"q": "chè xuân"}))[:2]


def test_a_category_page_holds_its_branch_and_not_itself_as_a_choice(client, contents):
    tree = Category.objects.get(code="che-xanh")
    response = client.get(reverse("catalogue:category", args=[tree.slug, tree.pk]))
    assert sorted(titles(response)) == ["Chè Tân Cương loại một", "Chè nõn tôm"]
    assert facet(response, "Loại nông sản") == {}
    assert client.get(f"/danh-muc/old-name_{tree.pk}/").status_code == 301
    assert client.get("/danh-muc/x_999999/").status_code == 404


def test_a_page_takes_the_same_few_queries_for_more_listings(
    client, contents, acting, now, django_assert_max_num_queries
):
    client.get(PAGE)
    with django_assert_max_num_queries(12) as few:
        client.get(PAGE, {"q": "chè"})
    for number in range(20):
        listing(acting, now, title=f"Chè {number}")
    passes.rebuild(engine="tantivy", now=now)
    with django_assert_max_num_queries(len(few)):
        assert len(titles(client.get(PAGE, {"q": "chè"}))) == 22


@pytest.mark.parametrize(
    "query",
    [
        {"q": "x" * 5_000},
        {"q": '" OR 1=1 -- <script>alert(1)</script>'},
        {"q": "((((*~^:"},
        {"page": "99999999999999999999", "sort": "paid"},
        {"page": "-1", "province": ["x", ""], "category": "'", "ocop": "99"},
        {"province": [str(number) for number in range(500)]},
    ],
)
def test_nonsense_in_the_address_gets_an_ordinary_page(client, contents, query):
    response = client.get(PAGE, query, follow=True)
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_suggestions_name_listings_categories_and_places(client, contents):
    found = client.get("/tim/goi-y/", {"q": "ta"}).json()
    assert found["listings"][0]["name"] == "Chè Tân Cương loại một"
    assert [(entry["name"], entry["detail"]) for entry in found["places"]] == [("Tân Cương", "Thái Nguyên")]
    assert [entry["name"] for entry in client.get("/tim/goi-y/", {"q": "vải"}).json()["categories"]] == ["Vải"]
    assert client.get("/tim/goi-y/", {"q": " "}).json() == {"listings": [], "categories": [], "places": []}


def test_every_suggested_address_leads_somewhere(client, contents):
    found = client.get("/tim/goi-y/", {"q": "v"}).json()
    addresses = [entry["url"] for kind in found.values() for entry in kind]
    assert addresses
    assert {client.get(address).status_code for address in addresses} == {200}
