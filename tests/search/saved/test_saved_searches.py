"""Keeping a search: from the page, once for each thing wanted, under a name one knows again."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from urllib.parse import parse_qs, urlsplit

import pytest
from django.apps import apps

from search.models import SavedSearch
from search.saved import saved_searches
from search.saved.saved_searches import MAX_SAVED, TooManySaved, save_search
from tests.accounts.walk import CODE, ask_for_code, code_sent_to
from tests.factories.catalog import category
from tests.sign_in import sign_in

SAVE, SAVED = "/tim/luu/", "/tim/da-luu/"


@pytest.fixture
def buyer(client, cast):
    return sign_in(client, cast.buyer)


def kept():
    return list(SavedSearch.objects.values_list("text", "choices"))


def fields_of(page, action=SAVE):
    """What the form of the page with this action would send."""
    return {name: value for name, value in [*page.context["terms"].fields, ("back", page.context.get("back"))] if value}


def press(client, page):
    """The button below results: what stands in the form, sent where the form goes."""
    here = page.context["results"].parameters.here()
    sent: dict[str, list[str]] = {"back": [here]}
    for name, value in page.context["terms"].fields:
        assert f'name="{name}" value="{value}"' in page.content.decode()
        sent.setdefault(name, []).append(value)
    assert f'action="{SAVE}"' in page.content.decode()
    return client.post(SAVE, sent)


def test_saving_from_the_page_keeps_words_and_choices_once_and_leads_back(buyer, cast, indexed):
    asked = {"q": "mật ong", "province": ["24", "19"], "sort": "newest"}
    back = press(buyer, buyer.get("/tim/", asked))
    assert parse_qs(urlsplit(back.url).query) == {"q": ["mật ong"], "province": ["24", "19"], "sort": ["newest"]}
    page = buyer.get(back.url)
    assert "Đã lưu" in page.content.decode()
    assert page.context["terms"].is_saved
    buyer.post(SAVE, {"q": "mật ong", "province": ["19", "24"]})
    assert kept() == [("mật ong", {"province": ["19", "24"]})]
    assert "/tim/?q=m%E1%BA%ADt+ong&amp;province=19&amp;province=24" in buyer.get(SAVED).content.decode()


def test_who_signs_in_on_the_way_loses_neither_search_nor_place(client, cast, indexed):
    """Signed out, the button, the phone, the code, once more the button, back on the page."""
    asked = client.get("/tim/", {"q": "gạo", "sort": "cheapest", "price_to": "200.000"})
    to_sign_in = press(client, asked)
    assert to_sign_in.status_code == 302
    following = parse_qs(urlsplit(to_sign_in.url).query)["next"][0]
    client.get(to_sign_in.url)
    ask_for_code(client, cast.buyer.phone, next=following)
    code = {"action": "verify", "code": code_sent_to(cast.buyer.phone), "next": following}
    page = client.post(CODE, code, follow=True)
    assert page.status_code == 200
    assert page.redirect_chain[-1][0].startswith(SAVE)
    assert "gạo · dưới 200.000\u00a0đ" in page.content.decode()
    assert kept() == []
    back = client.post(SAVE, fields_of(page))
    assert kept() == [("gạo", {"price_to": ["200000"]})]
    assert parse_qs(urlsplit(back.url).query) == {"q": ["gạo"], "sort": ["cheapest"], "price_to": ["200.000"]}
    assert client.get(back.url).context["terms"].is_saved


def test_looking_at_the_question_saves_nothing(buyer, indexed):
    assert buyer.get(SAVE, {"q": "gạo"}).status_code == 200
    assert buyer.get(SAVE).url == "/tim/"
    assert kept() == []


@pytest.mark.parametrize("back", ["https://example.com/", "//example.com/", "javascript:alert(1)", "\\\\example.com"])
def test_nobody_is_sent_to_another_site(buyer, indexed, back):
    assert buyer.post(SAVE, {"q": "gạo", "back": back}).url == "/tim/?q=g%E1%BA%A1o"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"ocop": ["4", "5"]}, {"ocop": ["5", "4"]}),
        ({"q": "Gạo  ST25 "}, {"q": "ga\u0323o st25"}),
        ({"price_to": "200k"}, {"price_to": "200.000 đ"}),
    ],
)
def test_the_same_wish_typed_otherwise_is_one(buyer, indexed, one, other):
    for typed in (one, other):
        buyer.post(SAVE, typed)
    assert len(kept()) == 1
    assert buyer.get("/tim/", other).context["terms"].is_saved


def test_a_price_limit_alone_can_be_saved(buyer, indexed):
    press(buyer, buyer.get("/tim/", {"price_from": "50.000", "price_to": "200.000"}))
    assert kept() == [("", {"price_from": ["50000"], "price_to": ["200000"]})]
    assert "price_from=50000&amp;price_to=200000" in buyer.get(SAVED).content.decode()


@pytest.mark.parametrize("typed", ["🍎", "*", "%"])
def test_what_holds_no_word_shows_everything_says_so_and_cannot_be_saved(buyer, indexed, typed):
    page = buyer.get("/tim/", {"q": typed})
    assert [card.title for card in page.context["results"].cards] == [indexed.title]
    assert "Không đọc được chữ nào" in page.content.decode()
    assert SAVE not in page.content.decode()
    assert "trước khi lưu" in buyer.post(SAVE, {"q": typed}, follow=True).content.decode()
    assert kept() == []


def test_an_empty_search_cannot_be_saved(buyer, indexed):
    assert "trước khi lưu" in buyer.post(SAVE, {"q": "  "}, follow=True).content.decode()
    assert kept() == []


def test_a_refusal_leads_back_with_nothing_of_the_form_in_the_address(buyer, cast, indexed, now):
    for number in range(MAX_SAVED):
        save_search(user=cast.buyer, text=f"chè {number}", choices={}, now=now)
    refused = buyer.post(SAVE, {"q": "gạo", "csrfmiddlewaretoken": "secret", "utm_source": "x"})
    assert refused.url == "/tim/?q=g%E1%BA%A1o"
    assert "Hãy bỏ bớt" in buyer.get(refused.url).content.decode()


def test_there_is_room_for_twenty_and_for_those_that_are_in_it(cast, now):
    for number in range(MAX_SAVED):
        save_search(user=cast.buyer, text=f"chè {number}", choices={}, now=now)
    with pytest.raises(TooManySaved):
        save_search(user=cast.buyer, text="một nữa", choices={}, now=now)
    assert save_search(user=cast.buyer, text="Chè 3", choices={}, now=now).text == "chè 3"
    assert SavedSearch.objects.count() == MAX_SAVED


def test_a_search_is_named_by_its_words_and_choices(buyer, cast, now, indexed):
    tea = category()
    choices = {
        "category": [str(tea.pk)], "ocop": ["4"], "province": ["19"], "deliver": ["24"], "season": ["10"],
        "stock": ["in"], "price_to": ["200000"], "certificate": ["nonsense"],
    }  # fmt: skip
    save_search(
        user=cast.buyer, text="gạo", choices={"ocop": ["4"], "province": ["19"], "price": ["100000-199999"]}, now=now
    )
    save_search(user=cast.buyer, text="", choices=choices, now=now)
    long, short = (search["label"].replace("\u00a0", " ") for search in saved_searches.shown_searches(cast.buyer))
    assert short == "gạo · 4 sao · Thái Nguyên · 100.000 đ đến 200.000 đ"
    assert long == (
        "Chè xanh · 4 sao · nonsense · Thái Nguyên · có hàng tháng 10 · giao đến Bắc Ninh · Còn hàng · dưới 200.000 đ"
    )
    buyer.cookies["django_language"] = "en"
    assert "Green tea · 4 stars" in buyer.get(SAVED).content.decode()


def test_the_list_takes_the_same_few_queries_for_more_searches(cast, now, indexed, django_assert_num_queries):
    for number in range(5):
        save_search(user=cast.buyer, text=f"chè {number}", choices={"province": ["19"]}, now=now)
    with django_assert_num_queries(3):
        assert len(saved_searches.shown_searches(cast.buyer)) == 5


def test_a_category_can_be_waited_for_from_its_own_page(buyer, cast, indexed):
    tea = category()
    page = buyer.get(f"/danh-muc/{tea.slug}_{tea.pk}/", {"ocop": "4"})
    back = press(buyer, page)
    assert back.url == f"/danh-muc/{tea.slug}_{tea.pk}/?ocop=4"
    assert kept() == [("", {"category": [str(tea.pk)], "ocop": ["4"]})]
    assert buyer.get(back.url).context["terms"].is_saved


def test_forgetting_is_confirmed(buyer, cast, indexed, now):
    saved = save_search(user=cast.buyer, text="gạo", choices={}, now=now)
    page = buyer.post(f"{SAVED}{saved.pk}/bo/", follow=True).content.decode()
    assert "Đã bỏ: gạo" in page
    assert kept() == []


def test_the_account_page_leads_to_saved_searches(buyer):
    assert f'href="{SAVED}"' in buyer.get("/tai-khoan/").content.decode()


def test_what_was_saved_before_gets_the_settled_form_and_doubles_go(cast, now):
    later = now + timedelta(days=3)
    for text, choices in (("Gạo  ST25", {"ocop": ["5", "4"]}), ("gạo st25", {"ocop": ["4", "5"]}), ("chè", {})):
        SavedSearch.objects.create(user=cast.buyer, text=text, choices=choices, created_at=now, heard_until=later)
    import_module("search.migrations.0004_told_listings").settle(apps, None)
    assert sorted(kept()) == [("chè", {}), ("gạo st25", {"ocop": ["4", "5"]})]
    assert set(SavedSearch.objects.values_list("created_at", flat=True)) == {later}
