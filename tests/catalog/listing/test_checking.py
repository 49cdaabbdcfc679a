"""From draft to sale: a second person checks what a team drafted; operators take down with a reason."""

from __future__ import annotations

from datetime import timedelta

import pytest

from catalog.access import listings_to_check, may_check
from catalog.listing.services import (
    ListingIncomplete,
    WrongStatus,
    publish_listing,
    send_back_listing,
    submit_for_check,
    take_down_listing,
    withdraw_listing,
)
from catalog.models import ListingStatus
from catalog.signals import listing_changed
from core.errors import ReasonMissing
from core.models import AuditEntry
from households.access import Acting, NotAllowed
from households.models import Act
from messaging.models import OutgoingMessage
from tests.factories.catalog import draft, listing


@pytest.fixture
def waiting(helped, now):
    return submit_for_check(acting=helped, listing=draft(helped, now), now=now)


def test_only_a_second_person_may_check_what_a_team_drafted(cast, waiting, now):
    allowed = {name for name, user in cast.everyone().items() if may_check(user, waiting, now)}
    assert allowed == {"head", "leader", "operator"}


def test_the_list_to_check_holds_exactly_what_one_may_check(cast, waiting, now):
    seeing = {name for name, user in cast.everyone().items() if waiting in listings_to_check(user, now)}
    assert seeing == {"head", "leader", "operator"}


def test_a_leader_who_drafted_it_waits_for_somebody_else(cast, now):
    acting = Acting(cast.leader, cast.household, cast.team)
    made = submit_for_check(acting=acting, listing=draft(acting, now), now=now)
    assert not may_check(cast.leader, made, now)
    assert made not in listings_to_check(cast.leader, now)


def test_a_leader_checks_only_under_a_valid_mandate(cast, waiting, now):
    cast.mandate.withdrawn_at = now
    cast.mandate.save()
    later = now + timedelta(seconds=1)
    assert not may_check(cast.leader, waiting, later)
    assert waiting not in listings_to_check(cast.leader, later)


def test_publishing_puts_it_on_sale_and_counts_as_a_display(cast, waiting, now):
    made = publish_listing(checker=cast.leader, listing=waiting, now=now)
    assert (made.status, made.is_public, made.checked_by, made.published_at) == ("published", True, cast.leader, now)
    act = Act.objects.get(household=cast.household)
    assert (act.kind, act.team, act.actor) == ("display", cast.team, cast.leader)


def test_publishing_twice_is_one_publication(cast, waiting, now):
    for _time in range(2):
        publish_listing(checker=cast.leader, listing=waiting, now=now)
    assert AuditEntry.objects.filter(action="publish_listing").count() == 1


def test_the_first_publication_opens_the_storefront_and_later_ones_leave_it_closed(cast, own, now):
    cast.household.is_selling = False
    cast.household.save()
    listing(own, now)
    cast.household.refresh_from_db()
    assert cast.household.is_selling
    cast.household.is_selling = False
    cast.household.save()
    listing(own, now)
    cast.household.refresh_from_db()
    assert not cast.household.is_selling


def test_a_listing_without_a_photo_stays_a_draft_and_says_so(own, cast, now):
    made = draft(own, now, photos=0)
    for attempt in (
        lambda: publish_listing(checker=cast.head, listing=made, now=now),
        lambda: submit_for_check(acting=own, listing=made, now=now),
    ):
        with pytest.raises(ListingIncomplete) as refused:
            attempt()
        assert refused.value.field == "photos"


def test_the_drafter_reads_what_to_mend(cast, waiting, now):
    made = send_back_listing(checker=cast.leader, listing=waiting, note=" Ảnh mờ. ", now=now)
    assert (made.status, made.check_note) == ("draft", "Ảnh mờ.")


def test_a_household_takes_its_listing_off_sale_and_puts_it_back(cast, own, now):
    made = listing(own, now)
    assert withdraw_listing(acting=own, listing=made, now=now).status == ListingStatus.WITHDRAWN
    assert publish_listing(checker=cast.head, listing=made, now=now).status == ListingStatus.PUBLISHED


def test_a_takedown_tells_the_household_why(cast, own, now):
    made = take_down_listing(operator=cast.operator, listing=listing(own, now), reason="Ảnh lấy trên mạng", now=now)
    assert (made.status, made.is_public) == ("taken_down", False)
    message = OutgoingMessage.objects.get(phone=cast.household.phone)
    assert "Ảnh lấy trên mạng" in message.text


def test_what_an_operator_took_down_only_an_operator_puts_back(cast, own, now):
    made = take_down_listing(operator=cast.operator, listing=listing(own, now), reason="Sai nguồn gốc", now=now)
    with pytest.raises(NotAllowed):
        publish_listing(checker=cast.head, listing=made, now=now)
    submit_for_check(acting=own, listing=made, now=now)
    made = publish_listing(checker=cast.operator, listing=made, now=now)
    assert (made.status, made.takedown_reason) == ("published", "")


def test_a_takedown_needs_an_operator_and_a_reason(cast, own, now):
    made = listing(own, now)
    for name, user in cast.everyone().items():
        if name != "operator":
            with pytest.raises(NotAllowed):
                take_down_listing(operator=user, listing=made, reason="vì thế", now=now)
    with pytest.raises(ReasonMissing):
        take_down_listing(operator=cast.operator, listing=made, reason="  ", now=now)


def test_a_withdrawn_listing_cannot_be_taken_down(cast, own, now):
    made = withdraw_listing(acting=own, listing=listing(own, now), now=now)
    with pytest.raises(WrongStatus):
        take_down_listing(operator=cast.operator, listing=made, reason="muộn rồi", now=now)


def test_every_change_tells_those_who_show_listings(cast, own, now):
    heard = []

    def hear(product_id, **_kwargs: object):
        heard.append(product_id)

    listing_changed.connect(hear)
    try:
        made = listing(own, now)
        withdraw_listing(acting=own, listing=made, now=now)
    finally:
        listing_changed.disconnect(hear)
    assert heard == [made.pk] * 3
