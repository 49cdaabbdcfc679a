"""Saved searches: a message when something arrives, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.messaging.models import OutgoingMessage
from search import alerts, indexing, tasks
from search.models import SavedSearch
from tests.factories.catalog import listing
from tests.sign_in import sign_in


@pytest.fixture
def saved(cast, indexed):
    """The buyer waits for honey while only tea is on sale."""
    return alerts.save_search(user=cast.buyer, text="mật ong", choices={}, now=timezone.now() - timedelta(hours=1))


def arrive(acting, title):
    made = listing(acting, timezone.now(), title=title)
    indexing.drain(engine="tantivy", now=timezone.now())
    return made


def messages(cast):
    return list(OutgoingMessage.objects.filter(phone=cast.buyer.phone).values_list("text", flat=True))


def test_an_arrival_is_told_once(cast, acting, saved):
    tasks.tell_of_arrivals()
    assert messages(cast) == []
    arrive(acting, "Mật ong hoa nhãn")
    for _ in range(2):
        tasks.tell_of_arrivals()
    [text] = messages(cast)
    assert "mật ong" in text
    assert "Mật ong hoa nhãn" in text


def test_the_next_message_waits_a_day(cast, acting, saved):
    arrive(acting, "Mật ong hoa nhãn")
    tasks.tell_of_arrivals()
    arrive(acting, "Mật ong hoa vải")
    tasks.tell_of_arrivals()
    assert len(messages(cast)) == 1
    SavedSearch.objects.update(told_at=timezone.now() - alerts.QUIET)
    tasks.tell_of_arrivals()
    assert ["Mật ong hoa vải" in text for text in messages(cast)] == [False, True]


def test_what_only_resembles_the_search_is_not_told(cast, acting, saved):
    arrive(acting, "Chè ướp hoa nhài")
    tasks.tell_of_arrivals()
    assert messages(cast) == []


def test_choices_are_part_of_what_is_waited_for(cast, acting, indexed):
    far = {"province": [cast.other_province.code]}
    alerts.save_search(user=cast.buyer, text="mật ong", choices=far, now=timezone.now() - timedelta(hours=1))
    arrive(acting, "Mật ong hoa nhãn")
    tasks.tell_of_arrivals()
    assert messages(cast) == []


def test_saving_from_the_page_keeps_words_and_choices_once(client, cast, indexed):
    sign_in(client, cast.buyer)
    for _ in range(2):
        client.post("/tim/luu/", {"q": "mật ong", "province": ["19", "24"], "sort": "newest"})
    assert list(SavedSearch.objects.values_list("text", "choices")) == [("mật ong", {"province": ["19", "24"]})]
    page = client.get("/tim/da-luu/").content.decode()
    assert "/tim/?q=m%E1%BA%ADt+ong&amp;province=19&amp;province=24" in page


def test_the_page_knows_that_it_is_saved(client, cast, saved):
    sign_in(client, cast.buyer)
    assert client.get("/tim/", {"q": "mật ong"}).context["is_saved"]
    assert not client.get("/tim/", {"q": "mật"}).context["is_saved"]


def test_an_empty_search_cannot_be_saved(client, cast, indexed):
    sign_in(client, cast.buyer)
    response = client.post("/tim/luu/", {"q": "  "}, follow=True)
    assert not SavedSearch.objects.exists()
    assert "trước khi lưu" in response.content.decode()


def test_there_is_room_for_twenty(cast, now):
    for number in range(alerts.MOST_SAVED):
        alerts.save_search(user=cast.buyer, text=f"chè {number}", choices={}, now=now)
    with pytest.raises(alerts.TooManySaved):
        alerts.save_search(user=cast.buyer, text="một nữa", choices={}, now=now)


def test_a_forgotten_search_is_gone(client, cast, saved):
    sign_in(client, cast.buyer)
    client.post(f"/tim/da-luu/{saved.pk}/bo/")
    assert not SavedSearch.objects.exists()
