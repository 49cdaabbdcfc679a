"""Operators read what buyers write and report, hide it or decide about it, always with a reason."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.flags.services import flag_listing
from catalog.models import ListingFlag, ListingStatus
from households.access import Acting
from tests.accessibility import problems
from tests.factories.catalog import listing
from tests.factories.voices import asked, delivered, phone, reviewed
from tests.sign_in import sign_in


@pytest.fixture
def own(cast) -> Acting:
    return Acting(cast.head, cast.household)


@pytest.fixture
def tea(own, now):
    return listing(own, now)


@pytest.fixture
def office(client, cast):
    sign_in(client, cast.operator)
    return client


def test_a_report_waits_on_the_first_page_and_is_decided_with_a_reason(office, tea, now):
    flag_listing(listing=tea, reason="fake", text="Ảnh lấy trên mạng", user=None, address="203.0.113.1", now=now)
    path = reverse("operations:flag", args=[tea.pk])
    assert office.get(reverse("operations:start")).context["waiting"].flagged_listings == 1
    assert path in office.get(reverse("operations:flags")).content.decode()
    page = office.get(path).content.decode()
    assert "Ảnh lấy trên mạng" in page
    assert problems(page) == []
    assert office.post(path, {"reason": " "}).status_code == 422
    assert ListingFlag.objects.get().outcome == "open"
    assert office.post(path, {"reason": "Ảnh của nhà khác"}).status_code == 302
    tea.refresh_from_db()
    assert (tea.status, tea.takedown_reason) == (ListingStatus.TAKEN_DOWN, "Ảnh của nhà khác")
    assert office.get(path).status_code == 302  # decided: nothing to decide any more


def test_a_report_can_be_dismissed(office, tea, now):
    flag_listing(listing=tea, reason="price", text="", user=None, address="203.0.113.1", now=now)
    office.post(reverse("operations:flag", args=[tea.pk]), {"reason": "Giá đúng", "dismiss": "1"})
    tea.refresh_from_db()
    assert tea.status == ListingStatus.PUBLISHED
    assert ListingFlag.objects.get().outcome == "dismissed"


@pytest.mark.parametrize("kind", ["danh-gia", "cau-hoi"])
def test_words_are_hidden_with_a_reason_and_shown_again(office, cast, own, tea, now, kind):
    if kind == "danh-gia":
        row = reviewed(delivered(tea, cast.commune, own, now), now, text="Nói bậy")
    else:
        row = asked(tea, cast.buyer, now, "Nói bậy nói bạ?")
    listed = reverse("operations:voices_of_kind", args=[kind])
    hide = reverse("operations:hide_voice", args=[kind, row.pk])
    assert hide in office.get(listed).content.decode()
    assert problems(office.get(hide).content.decode()) == []
    assert office.post(hide, {"reason": ""}).status_code == 422
    assert office.post(hide, {"reason": "Xúc phạm"}).status_code == 302
    row.refresh_from_db()
    assert (row.hidden_reason, row.hidden_by) == ("Xúc phạm", cast.operator)
    page = office.get(listed).content.decode()
    assert "Xúc phạm" in page
    assert problems(page) == []
    office.post(reverse("operations:show_voice", args=[kind, row.pk]))
    row.refresh_from_db()
    assert row.hidden_at is None


def test_the_queries_of_the_lists_do_not_grow(office, cast, own, tea, now):
    counts = []
    for numbers in (range(2), range(2, 7)):
        for number in numbers:
            reviewed(delivered(tea, cast.commune, own, now, phone=phone(number)), now)
        with CaptureQueriesContext(connection) as queries:
            office.get(reverse("operations:voices"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
