"""Each status a listing enters leaves one row of history."""

from __future__ import annotations

from datetime import timedelta

import pytest

from catalog.listing.services import (
    publish_listing,
    send_back_listing,
    submit_for_check,
    take_down_listing,
    withdraw_listing,
)
from catalog.models import ListingEvent, ListingStatus
from core.models import AuditEntry
from households.access import Acting
from tests.factories.catalog import draft, set_price


def test_each_status_a_listing_enters_is_remembered_once(cast, now):
    acting = Acting(cast.head, cast.household)
    listing = draft(acting, now)
    publish_listing(checker=cast.head, listing=listing, now=now + timedelta(hours=1))
    set_price(acting=acting, listing=listing, price=90_000, now=now + timedelta(hours=2))
    withdraw_listing(acting=acting, listing=listing, now=now + timedelta(hours=3))
    assert list(ListingEvent.objects.filter(product=listing).values_list("status", "at")) == [
        (ListingStatus.DRAFT, now),
        (ListingStatus.PUBLISHED, now + timedelta(hours=1)),
        (ListingStatus.WITHDRAWN, now + timedelta(hours=3)),
    ]


@pytest.mark.parametrize(("who", "capacity"), [("head", "household"), ("leader", "team"), ("operator", "operator")])
@pytest.mark.parametrize("decide", [publish_listing, send_back_listing])
def test_whoever_decides_about_a_teams_listing_stands_there_as_who_he_is(cast, now, who, capacity, decide):
    helped = Acting(cast.volunteer, cast.household, cast.team)
    listing = submit_for_check(acting=helped, listing=draft(helped, now), now=now)
    note = {"note": "Ảnh mờ."} if decide is send_back_listing else {}
    decide(checker=getattr(cast, who), listing=listing, now=now + timedelta(hours=1), **note)
    team = cast.team if capacity == "team" else None
    event, entry = ListingEvent.objects.last(), AuditEntry.objects.last()
    assert (event.actor, event.capacity, event.team) == (getattr(cast, who), capacity, team)
    assert (entry.actor, entry.capacity, entry.team_id) == (getattr(cast, who), capacity, team and team.pk)


def test_an_operator_who_also_serves_in_the_team_checks_his_own_draft_as_an_operator(cast, now):
    cast.team.members.create(user=cast.operator, role="leader", joined_at=now - timedelta(days=1))
    acting = Acting(cast.operator, cast.household, cast.team)
    listing = submit_for_check(acting=acting, listing=draft(acting, now), now=now)
    publish_listing(checker=cast.operator, listing=listing, now=now)
    assert (ListingEvent.objects.last().capacity, ListingEvent.objects.last().team) == ("operator", None)


def test_a_takedown_stands_as_the_operators(cast, now):
    own = Acting(cast.head, cast.household)
    listing = publish_listing(checker=cast.head, listing=draft(own, now), now=now)
    take_down_listing(operator=cast.operator, listing=listing, reason="Ảnh lấy trên mạng", now=now)
    assert ListingEvent.objects.last().capacity == AuditEntry.objects.last().capacity == "operator"
