"""Price and stock on the listing's page: in two tabs, in two hands, pressed twice."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from catalog.offer.models import StockRecord
from core.audit import AuditEntry
from shop.order.services import answer_household_order, mark_sent
from tests.accessibility import problems
from tests.factories.catalog import listing, set_price
from tests.factories.orders import make_tariff, place
from tests.sign_in import sign_in


@pytest.fixture
def tea(own):
    """On sale: 40 at 120,000 dong."""
    return listing(own, timezone.now())


@pytest.fixture
def household(client, cast):
    return sign_in(client, cast.head) or client


def open_tab(client, tea, **typed: str) -> dict[str, str]:
    """What the form on the page sends, with ``typed`` written into it."""
    html = client.get(f"/san-hang/{tea.pk}/").content.decode()
    return sent_by(html) | typed


def sent_by(html: str) -> dict[str, str]:
    form = re.search(r'action="[^"]*gia-va-so-luong/">(.*?)</form>', html, re.S)[1]
    inputs = re.findall(r"<input ([^>]*)>", form)
    pairs = [(re.search(r'name="([^"]+)"', each)[1], re.search(r'value="([^"]*)"', each)) for each in inputs]
    return {name: value[1] if value else "" for name, value in pairs if name != "csrfmiddlewaretoken"}


def send(client, tea, tab: dict[str, str], *, follow: bool = False):
    return client.post(f"/san-hang/{tea.pk}/gia-va-so-luong/", tab, follow=follow)


def offer() -> tuple[int, int]:
    record = StockRecord.objects.get()
    return record.dong, record.num_in_stock


def test_saving_what_nobody_touched_changes_nothing(household, tea):
    assert send(household, tea, open_tab(household, tea)).status_code == 302
    assert offer() == (120_000, 40)


def test_a_new_price_leaves_the_stock_and_new_stock_the_price(household, tea):
    send(household, tea, open_tab(household, tea, price="99k"))
    assert offer() == (99_000, 40)
    send(household, tea, open_tab(household, tea, stock="7"))
    assert offer() == (99_000, 7)


@pytest.mark.parametrize(
    ("typed", "left"), [("+5", 45), ("-2", 38), ("−2", 38), ("– 2", 38), ("+ 1.000", 1_040), ("+0", 40), ("", 40)]
)
def test_a_difference_counts_from_what_stands(household, tea, typed, left):
    assert send(household, tea, open_tab(household, tea, stock=typed)).status_code == 302
    assert offer() == (120_000, left)


def test_a_stale_tab_does_not_change_a_price_back_in_silence(household, tea, own):
    tab = open_tab(household, tea, stock="+5")
    set_price(acting=own, listing=tea, price=95_000, now=timezone.now())
    page = send(household, tea, tab)
    html = page.content.decode()
    assert page.status_code == 409
    assert offer() == (95_000, 40)
    assert (sent_by(html)["price"], sent_by(html)["stock"]) == ("120.000", "+5")
    assert "95.000" in re.search(r'<dl class="facts">.*?</dl>', html, re.S)[0]
    assert problems(html) == []
    assert send(household, tea, sent_by(html)).status_code == 302
    assert offer() == (120_000, 45)


def test_an_amount_written_over_another_one_than_stands_is_asked_again(household, tea):
    first, second = open_tab(household, tea, stock="30"), open_tab(household, tea, stock="50")
    assert send(household, tea, first).status_code == 302
    assert send(household, tea, second).status_code == 409
    assert offer() == (120_000, 30)


def test_an_amount_from_before_a_parcel_left_is_asked_again_and_a_difference_counts(household, tea, own, cast):
    now = timezone.now()
    make_tariff(now)
    part = place((tea, 3), commune=cast.commune, now=now).household_orders.get()
    amount, more = open_tab(household, tea, stock="50"), open_tab(household, tea, stock="+10")
    answer_household_order(household_order=part, acting=own, accept=True, now=now)
    mark_sent(household_order=part, acting=own, now=now)
    assert (send(household, tea, amount).status_code, offer()) == (409, (120_000, 37))
    assert (send(household, tea, more).status_code, offer()) == (302, (120_000, 47))


def test_differences_of_two_tabs_both_count(household, tea):
    first, second = open_tab(household, tea, stock="+5"), open_tab(household, tea, stock="-2")
    assert [send(household, tea, tab).status_code for tab in (first, second)] == [302, 302]
    assert offer() == (120_000, 43)


@pytest.mark.parametrize("typed", [{"stock": "+5"}, {"stock": "50"}, {"price": "99k"}, {"price": "99k", "stock": "+5"}])
def test_a_second_press_counts_once(household, tea, typed):
    tab = open_tab(household, tea, **typed)
    send(household, tea, tab)
    once = offer()
    page = send(household, tea, tab, follow=True)
    assert page.status_code == 200
    assert offer() == once


def test_the_second_press_of_a_difference_is_told_what_stands(household, tea):
    tab = open_tab(household, tea, stock="+5")
    send(household, tea, tab)
    page = send(household, tea, tab, follow=True)
    assert "45" in " ".join(str(message) for message in page.context["messages"])


def test_another_difference_in_a_form_that_was_saved_is_asked_again_and_then_counts(household, tea):
    tab = open_tab(household, tea, stock="+5")
    send(household, tea, tab)
    page = send(household, tea, tab | {"stock": "+3"})
    assert (page.status_code, offer()) == (409, (120_000, 45))
    assert send(household, tea, sent_by(page.content.decode())).status_code == 302
    assert offer() == (120_000, 48)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("price", "0"),
        ("price", "1,5"),
        ("price", ""),
        ("price", "1000000000000"),
        ("stock", "nhiều"),
        ("stock", "-41"),
        ("stock", "+"),
        ("stock", "--3"),
        ("stock", "+99999999999999999999"),
        ("stock", "1000001"),
    ],
)
def test_what_cannot_be_is_answered_at_its_field_and_stays_typed(household, tea, field, typed):
    page = send(household, tea, open_tab(household, tea, **{field: typed}))
    html = page.content.decode()
    assert page.status_code == 422
    assert page.context["offer"].errors.keys() == {field}
    assert sent_by(html)[field] == typed
    assert offer() == (120_000, 40)
    assert problems(html) == []


def test_less_than_buyers_have_ordered_is_refused_with_their_number(household, tea):
    StockRecord.objects.update(num_allocated=7)
    for typed in ("6", "-34"):
        page = send(household, tea, open_tab(household, tea, stock=typed))
        assert "7" in str(page.context["offer"].errors["stock"])
    assert offer() == (120_000, 40)


def test_the_whole_form_of_a_listing_sees_a_price_changed_beside_it(household, tea, own):
    html = household.get(f"/san-hang/{tea.pk}/sua/").content.decode()
    set_price(acting=own, listing=tea, price=95_000, now=timezone.now())
    fields = dict(re.findall(r'<input type="hidden" name="(key|version)" value="([^"]*)"', html))
    typed = {**fields, "kept": [str(tea.photos.get().key)], "title": "Chè nõn", "price": "120.000", "stock": "40"}
    page = household.post(f"/san-hang/{tea.pk}/sua/", {**whole(tea), **typed})
    assert page.status_code == 409
    assert offer() == (95_000, 40)
    shown = dict(re.findall(r'name="(version)" value="([^"]*)"', page.content.decode()))
    assert household.post(f"/san-hang/{tea.pk}/sua/", {**whole(tea), **typed, **shown}).status_code == 302
    assert offer() == (120_000, 40)
    assert AuditEntry.objects.filter(action="propose_revision").count() == 1


def whole(tea) -> dict[str, str]:
    return {
        "category_id": str(tea.categories.get().pk),
        "sale_unit": tea.sale_unit,
        "net_weight_g": "500",
        "origin_commune_id": tea.origin_commune_id,
        "storage": tea.storage,
        "description": tea.description,
        "then": "save",
    }
