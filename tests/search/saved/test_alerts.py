"""Saved searches: a message when something arrives, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from messaging.models import OutgoingMessage
from search.index import changes, outbox, passes
from search.models import SavedSearch
from search.saved import alerts, tasks
from search.saved.saved_searches import save_search
from tests.factories.catalog import listing
from tests.search.listings import BASE


@pytest.fixture
def saved(cast, indexed):
    """The buyer waits for honey while only tea is on sale."""
    return save_search(user=cast.buyer, text="mật ong", choices={}, now=timezone.now() - timedelta(hours=1))


def arrive(acting, title):
    made = listing(acting, timezone.now(), title=title)
    passes.drain(engine="tantivy", now=timezone.now())
    return made


def messages(cast):
    return list(OutgoingMessage.objects.filter(phone=cast.buyer.phone).values_list("text", flat=True))


def test_an_arrival_is_told_once(cast, acting, saved):
    tasks.send_alerts()
    assert messages(cast) == []
    arrive(acting, "Mật ong hoa nhãn")
    for _ in range(2):
        tasks.send_alerts()
    [text] = messages(cast)
    assert "mật ong" in text
    assert "Mật ong hoa nhãn" in text


def test_the_next_message_waits_a_day(cast, acting, saved):
    arrive(acting, "Mật ong hoa nhãn")
    tasks.send_alerts()
    arrive(acting, "Mật ong hoa vải")
    tasks.send_alerts()
    assert len(messages(cast)) == 1
    SavedSearch.objects.update(told_at=timezone.now() - alerts.QUIET)
    tasks.send_alerts()
    assert ["Mật ong hoa vải" in text for text in messages(cast)] == [False, True]


def test_what_only_resembles_the_search_is_not_told(cast, acting, saved):
    arrive(acting, "Chè ướp hoa nhài")
    tasks.send_alerts()
    assert messages(cast) == []


def test_choices_are_part_of_what_is_waited_for(cast, acting, indexed):
    far = {"province": [cast.other_province.code]}
    save_search(user=cast.buyer, text="mật ong", choices=far, now=timezone.now() - timedelta(hours=1))
    arrive(acting, "Mật ong hoa nhãn")
    tasks.send_alerts()
    assert messages(cast) == []


def test_one_that_is_indexed_late_is_told_too_and_each_once(cast, acting, saved):
    """The first was published earlier and reached the index after the second had been told."""
    late = listing(acting, timezone.now(), title="Mật ong hoa vải")
    outbox.pending("tantivy").filter(product_id=late.pk).delete()
    arrive(acting, "Mật ong hoa nhãn")
    tasks.send_alerts()
    changes.record_changes(product_ids=[late.pk], now=timezone.now())
    passes.drain(engine="tantivy", now=timezone.now())
    for _ in range(2):
        SavedSearch.objects.update(told_at=timezone.now() - alerts.QUIET)
        tasks.send_alerts()
    assert ["hoa vải" in text for text in messages(cast)] == [False, True]


def test_what_was_told_is_remembered_only_as_long_as_it_is_looked_at_again(cast, acting, saved):
    start = saved.created_at
    for day in (1, 2, 12):
        told = [replace(BASE, sku=f"day-{day}", published_at=start + timedelta(days=day))]
        alerts.send_alert(saved=saved, arrived=told, now=start + timedelta(days=day, hours=1))
    assert saved.heard_until == start + timedelta(days=12)
    assert list(saved.told) == ["day-12"]
    assert OutgoingMessage.objects.filter(phone=cast.buyer.phone).count() == 3


def test_more_arrivals_than_a_page_holds_are_told_in_one_message(cast, acting, indexed):
    save_search(user=cast.buyer, text="chè", choices={}, now=timezone.now())
    for number in range(30):
        listing(acting, timezone.now(), title=f"Chè {number}")
    passes.drain(engine="tantivy", now=timezone.now())
    tasks.send_alerts()
    SavedSearch.objects.update(told_at=timezone.now() - alerts.QUIET)
    tasks.send_alerts()
    [text] = messages(cast)
    assert "(30 " in text


def test_a_price_limit_is_part_of_what_is_waited_for(cast, acting, indexed):
    cheap = {"price_to": ["100000"]}
    save_search(user=cast.buyer, text="mật ong", choices=cheap, now=timezone.now() - timedelta(hours=1))
    arrive(acting, "Mật ong hoa nhãn")  # 120.000 đ
    tasks.send_alerts()
    assert messages(cast) == []


def test_the_message_leads_to_the_search_itself_newest_first_without_signing_in(client, cast, acting, saved, settings):
    arrive(acting, "Mật ong hoa nhãn")
    tasks.send_alerts()
    [text] = messages(cast)
    address = text.split(settings.SITE_URL)[1].split()[0].rstrip(".")
    page = client.get(address)
    assert page.status_code == 200
    assert page.context["results"].parameters.sort == "newest"
    assert [card.title for card in page.context["results"].cards] == ["Mật ong hoa nhãn"]
