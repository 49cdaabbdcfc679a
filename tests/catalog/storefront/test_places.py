"""Pages of communes, and the ways to what is near and in season."""

from __future__ import annotations

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from catalog.storefront.place_views import commune_address
from households.models import Commune, CommuneSuccession
from households.places.chosen import PLACE_COOKIE
from households.places.index import forget_places
from tests.accessibility import problems
from tests.factories.catalog import listing


@pytest.fixture(autouse=True)
def _places_read_anew():
    forget_places()
    yield
    forget_places()


@pytest.fixture
def commune(cast) -> Commune:
    return cast.household.commune


def test_a_commune_says_who_sells_what_and_when(client, own, commune, django_assert_max_num_queries):
    listing(own, timezone.now(), title="Chè đinh")
    with django_assert_max_num_queries(14) as few:
        page = client.get(commune_address(commune))
    assert [card.title for card in page.context["cards"]] == ["Chè đinh"]
    assert [seller.household for seller in page.context["sellers"]] == [own.household]
    assert page.context["seasons"][0].months == (3, 4, 10)
    assert problems(page.content.decode()) == []
    for _more in range(4):
        listing(own, timezone.now())
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(commune_address(commune))


def test_an_empty_commune_is_no_dead_end_and_no_page_for_search_engines(client, commune):
    page = client.get(commune_address(commune)).content.decode()
    assert "noindex" in page
    assert "Xem hàng Thái Nguyên" in page


def test_a_merged_commune_leads_to_the_one_that_took_it_in(client, commune):
    CommuneSuccession.objects.create(
        former_code="99001", former_name="Thịnh Đức", former_district_name="", former_province_name="",
        commune=commune, effective_date="2025-07-01",
    )  # fmt: skip
    answer = client.get(reverse("place:commune", args=["thinh-duc", "99001"]))
    assert (answer.status_code, answer["Location"]) == (301, commune_address(commune))
    assert client.get(reverse("place:commune", args=["khong-co", "99002"])).status_code == 404


def test_near_me_asks_for_the_place_then_leads_there(client, own, commune):
    assert client.get("/gan-toi/")["Location"] == "/noi-giao/?next=%2Fgan-toi%2F"
    client.cookies[PLACE_COOKIE] = commune.pk
    assert client.get("/gan-toi/")["Location"] == f"/tim/?province={commune.province_id}"
    listing(own, timezone.now())
    assert client.get("/gan-toi/")["Location"] == commune_address(commune)


def test_in_season_is_this_month_of_vietnam(client):
    with time_machine.travel("2026-11-30T17:30:00Z", tick=False):  # half past midnight of 1 December in Vietnam
        assert client.get("/dang-mua/")["Location"] == "/tim/?season=12"
