"""The place that a buyer gives once: remembered, said on each product page, chosen with and without script."""

from __future__ import annotations

import pytest
from django.urls import reverse

from households.places.chosen import PLACE_COOKIE, communes_beginning
from tests.accessibility import problems


@pytest.fixture
def place(cast) -> str:
    return cast.household.commune.pk


def test_a_place_given_once_stands_on_every_product_page(client, tea, honey, place):
    before = client.get(tea.get_absolute_url())
    assert PLACE_COOKIE not in before.cookies
    assert f"{reverse('delivery:place')}?next={tea.get_absolute_url()}" in before.content.decode()
    answer = client.post(reverse("delivery:place"), {"commune": place, "next": tea.get_absolute_url()})
    assert answer["Location"] == tea.get_absolute_url()
    for listing in (tea, honey):
        page = client.get(listing.get_absolute_url())
        assert "đến Xã Tân Cương, Thái Nguyên" in page.content.decode()
        assert "private" in page["Cache-Control"]


def test_the_page_says_what_checkout_charges(client, tea, place, cast, now):
    from core.money import show_dong
    from core.periods import vietnam_date
    from shop.shipping.selectors import rates_on

    client.cookies[PLACE_COOKIE] = place
    home = cast.household.commune.province
    quote = rates_on(vietnam_date(now)).quote(origin=home, destination=home, weight_g=tea.pack_weight_g)
    page = client.get(tea.get_absolute_url()).content.decode()
    assert f"Khoảng {quote.days} ngày đến" in page
    assert show_dong(quote.charge) in page


@pytest.mark.parametrize("forged", ["99999", "", "<b>", "05503x"])
def test_a_place_that_is_none_is_as_if_none_was_given(client, tea, forged):
    client.cookies[PLACE_COOKIE] = forged
    assert "Chọn nơi nhận" in client.get(tea.get_absolute_url()).content.decode()


def test_without_script_by_province_and_then_commune(client, cast, place):
    page = client.get(reverse("delivery:place"), {"tinh": cast.household.commune.province_id})
    assert [commune.code for commune in page.context["communes"]].count(place) == 1
    assert problems(page.content.decode()) == []


def test_an_unknown_place_is_refused_and_what_was_typed_stays(client, cast):
    page = client.post(reverse("delivery:place"), {"commune": "Không Có"})
    assert page.status_code == 422
    assert 'value="Không Có"' in page.content.decode()
    assert PLACE_COOKIE not in page.cookies


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_the_way_back_stays_on_the_site(client, place, elsewhere):
    answer = client.post(reverse("delivery:place"), {"commune": place, "next": elsewhere})
    assert answer["Location"] == "/"


def test_suggestions_for_an_unfinished_name(client, cast, django_assert_num_queries):
    assert [found.name for found in communes_beginning("tan cu", 5)] == ["Tân Cương"]
    assert communes_beginning("t", 5) == []
    with django_assert_num_queries(0):
        answer = client.get(reverse("delivery:suggest"), {"q": "TÂN C"})
    assert answer.json()["places"][0]["name"] == "Xã Tân Cương, Thái Nguyên"
    assert answer["Cache-Control"] == "max-age=86400"
