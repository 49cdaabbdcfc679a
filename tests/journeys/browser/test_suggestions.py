"""Suggestions in a real Chromium of 360 px, by keyboard alone: in the box of the home page and in the header's."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from tests.journeys.browser.phone import Phone

pytestmark = pytest.mark.browser
BOXES = [("/", "home-search"), ("/tim/", "site-search")]


@pytest.fixture(params=BOXES, ids=[box for _address, box in BOXES])
def box(request, chromium, server, screenshots):
    """A box with an open list for "che", and its page."""
    address, name = request.param
    phone = Phone(chromium, server, screenshots, "suggestions").open(address)
    field = phone.page.locator(f"#{name}")
    field.focus()
    phone.page.keyboard.type("che", delay=30)
    expect(options(field)).not_to_have_count(0)
    phone.check_width()
    yield field
    phone.context.close()


def list_of(field):
    return field.page.locator(f"#{field.get_attribute('id')}-suggestions")


def options(field):
    return list_of(field).get_by_role("option")


def test_groups_are_named_counted_and_announced(box):
    for group in ("Mặt hàng", "Loại"):
        expect(list_of(box).get_by_role("group", name=group)).to_be_visible()
    counts = list_of(box).get_by_role("group", name="Loại").locator(".facet__count")
    assert all(int(count) for count in counts.all_inner_texts())
    assert counts.count() == list_of(box).get_by_role("group", name="Loại").get_by_role("option").count()
    status = box.locator("xpath=ancestor::form").locator("[role=status]")
    expect(status).to_have_text(f"{options(box).count()} gợi ý")
    expect(box).to_have_attribute("aria-expanded", "true")


def test_escape_closes_the_list_keeps_the_text_and_the_arrow_opens_it_again(box):
    box.page.keyboard.press("Escape")
    expect(list_of(box)).to_be_hidden()
    expect(box).to_have_value("che")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.page.keyboard.press("ArrowDown")
    expect(list_of(box)).to_be_visible()
    expect(box).to_have_value("che")


def test_tab_leaves_no_list_behind_and_coming_back_opens_it_by_the_arrow(box):
    box.page.keyboard.press("Tab")
    expect(list_of(box)).to_be_hidden()
    box.page.keyboard.press("Shift+Tab")
    expect(list_of(box)).to_be_hidden()
    box.page.keyboard.press("ArrowDown")
    expect(list_of(box)).to_be_visible()


def test_a_late_answer_opens_nothing_behind_who_went_on(box):
    held: list[Route] = []
    box.page.route("**/tim/goi-y/**", lambda route: held.append(route))
    with box.page.expect_request("**/tim/goi-y/**"):
        box.page.keyboard.type(" xanh")
    box.page.keyboard.press("Tab")
    with box.page.expect_response("**/tim/goi-y/**"):
        held[-1].continue_()
    box.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    expect(list_of(box)).to_be_hidden()


def test_the_arrows_walk_through_all_groups_and_back_to_the_box_and_enter_follows(box):
    count = options(box).count()
    for number in range(count):
        box.page.keyboard.press("ArrowDown")
        expect(options(box).nth(number)).to_have_attribute("aria-selected", "true")
        expect(box).to_have_attribute("aria-activedescendant", options(box).nth(number).get_attribute("id"))
    box.page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") is None
    box.page.keyboard.press("ArrowUp")
    address = options(box).last.locator("a").get_attribute("href")
    box.page.keyboard.press("Enter")
    expect(box.page).to_have_url(re.compile(re.escape(address)))


def test_enter_without_a_choice_searches_for_what_was_typed(box):
    box.page.keyboard.press("Enter")
    expect(box.page).to_have_url(re.compile(r"/tim/\?q=che$"))
