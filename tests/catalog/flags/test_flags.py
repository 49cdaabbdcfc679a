"""Anybody reports a listing; an operator takes it down or dismisses the report, and whoever must know is told."""

from __future__ import annotations

import pytest
from django.urls import reverse

from catalog.flags.selectors import flagged_listings
from catalog.flags.services import MAX_FLAGS_PER_ADDRESS, dismiss_flags, flag_listing, take_down_flagged
from catalog.models import ListingFlag, ListingStatus
from core.attempts import TooManyAttempts
from core.errors import ReasonMissing
from core.models import AuditEntry
from households.access import NotAllowed
from tests.accessibility import problems
from tests.factories.catalog import listing
from tests.factories.voices import told
from tests.sign_in import sign_in


@pytest.fixture
def tea(own, now):
    return listing(own, now)


def flagged(tea, now, user=None, address="203.0.113.7", reason="fake", text="Ảnh lấy trên mạng"):
    return flag_listing(listing=tea, reason=reason, text=text, user=user, address=address, now=now)


def test_a_visitor_reports_from_the_products_page(client, tea):
    path = reverse("flags:flag", args=[tea.pk])
    assert path in client.get(tea.get_absolute_url()).content.decode()
    assert problems(client.get(path).content.decode()) == []
    assert client.post(path, {"reason": "fake", "text": "Ảnh lấy trên mạng"}).status_code == 302
    flag = ListingFlag.objects.get()
    assert (flag.reason, flag.text, flag.flagged_by) == ("fake", "Ảnh lấy trên mạng", None)
    assert list(flagged_listings()) == [tea]


@pytest.mark.parametrize(("reason", "text"), [("other", " "), ("nothing", "x"), ("fake", "a" * 100_000)])
def test_what_cannot_be_taken_stays_typed(client, tea, reason, text):
    answer = client.post(reverse("flags:flag", args=[tea.pk]), {"reason": reason, "text": text})
    assert answer.status_code == 422
    assert answer.context["form"]["text"].value() == text
    assert not ListingFlag.objects.exists()


def test_an_address_reports_so_often_a_day_and_no_more(tea, now):
    for _number in range(MAX_FLAGS_PER_ADDRESS):
        flagged(tea, now)
    with pytest.raises(TooManyAttempts):
        flagged(tea, now)
    flagged(tea, now, address="203.0.113.8")


def test_a_person_has_one_open_report_of_a_listing(cast, tea, now):
    first = flagged(tea, now, user=cast.buyer)
    again = flagged(tea, now, user=cast.buyer, text="Ảnh của nhà khác")
    assert (again.pk, ListingFlag.objects.get().text) == (first.pk, "Ảnh của nhà khác")


def test_taking_down_closes_all_reports_and_tells_household_and_reporter(cast, tea, now):
    flagged(tea, now, user=cast.buyer)
    flagged(tea, now)
    with pytest.raises(ReasonMissing):
        take_down_flagged(operator=cast.operator, listing=tea, reason="", now=now)
    assert take_down_flagged(operator=cast.operator, listing=tea, reason="Ảnh của nhà khác", now=now) == 2
    tea.refresh_from_db()
    assert (tea.status, tea.takedown_reason) == (ListingStatus.TAKEN_DOWN, "Ảnh của nhà khác")
    assert set(ListingFlag.objects.values_list("outcome", flat=True)) == {"taken_down"}
    assert all("Ảnh của nhà khác" in told(person.phone) for person in (cast.household, cast.buyer))
    assert AuditEntry.objects.filter(action="close_flag", actor=cast.operator, capacity="operator").count() == 2


def test_dismissing_leaves_the_listing_on_sale_and_tells_the_reporter_alone(cast, tea, now):
    flagged(tea, now, user=cast.buyer)
    assert dismiss_flags(operator=cast.operator, listing=tea, reason="Ảnh đúng là của hộ", now=now) == 1
    tea.refresh_from_db()
    assert tea.status == ListingStatus.PUBLISHED
    assert "Ảnh đúng là của hộ" in told(cast.buyer.phone)
    assert "Ảnh đúng là của hộ" not in told(cast.household.phone)
    assert not flagged_listings().exists()


def test_nobody_but_an_operator_decides(cast, tea, now):
    flagged(tea, now)
    for act in (take_down_flagged, dismiss_flags):
        with pytest.raises(NotAllowed):
            act(operator=cast.head, listing=tea, reason="Không thích", now=now)


def test_a_listing_that_is_off_sale_is_not_found(client, cast, tea, now):
    take_down_flagged(operator=cast.operator, listing=tea, reason="Sai", now=now)
    sign_in(client, cast.buyer)
    assert client.get(reverse("flags:flag", args=[tea.pk])).status_code == 404
