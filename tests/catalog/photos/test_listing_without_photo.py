"""A listing on sale whose every photo has failed is taken off sale, and whoever made it is told."""

from __future__ import annotations

import pytest

from catalog.listing.selectors import listings_without_photo
from catalog.listing.services import publish_listing, submit_for_check, take_off_without_photo
from catalog.listing.tasks import sweep_listings
from catalog.models import ListingEvent, ListingStatus, Photo, PhotoFailure, Product, RevisionStatus
from catalog.photos.processing import prepare_photo
from households.access import Acting
from messaging.models import OutgoingMessage
from tests.factories.catalog import draft, listing, photo, proposed


@pytest.fixture
def tea(cast, helped, now) -> Product:
    """A team's listing on sale, whose one photo still waits for the worker, and whose upload is gone."""
    made = submit_for_check(acting=helped, listing=draft(helped, now), now=now)
    made.photos.update(widths=[])
    return publish_listing(checker=cast.leader, listing=made, now=now)


def test_it_leaves_the_sale_with_a_message_to_household_and_team(cast, tea, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        prepare_photo(photo_id=tea.photos.get().pk)
    tea.refresh_from_db()
    assert (tea.photos.get().failure, tea.status, tea.is_public) == ("lost", ListingStatus.DRAFT, False)
    assert "ảnh" in tea.check_note
    told = OutgoingMessage.objects.filter(text__contains=tea.title).values_list("phone", flat=True)
    assert set(told) == {cast.household.phone, cast.volunteer.phone}
    event = ListingEvent.objects.last()
    assert (event.status, event.actor, event.capacity) == ("draft", None, "")


def test_it_stays_on_sale_while_another_photo_counts(cast, tea, now, django_capture_on_commit_callbacks):
    other = photo(cast.head, now, ready=False)
    Photo.objects.filter(pk=other.pk).update(listing=tea, position=1)
    with django_capture_on_commit_callbacks(execute=True):
        prepare_photo(photo_id=tea.photos.first().pk)
    tea.refresh_from_db()
    assert tea.status == ListingStatus.PUBLISHED
    assert not take_off_without_photo(listing=tea, now=now)


def test_with_another_photo_it_goes_on_sale_again(cast, tea, now):
    tea.photos.update(failure=PhotoFailure.LOST)
    assert take_off_without_photo(listing=tea, now=now)
    Photo.objects.filter(pk=photo(cast.head, now).pk).update(listing=tea)
    assert publish_listing(checker=cast.head, listing=tea, now=now).check_note == ""


def test_its_open_change_ends(cast, helped, tea, now):
    change = proposed(helped, tea, now, title="Chè đinh nõn")
    tea.photos.update(failure=PhotoFailure.LOST)
    take_off_without_photo(listing=tea, now=now)
    change.refresh_from_db()
    assert change.status == RevisionStatus.ENDED


def test_the_sweep_finds_what_was_not_told(cast, tea, now, django_capture_on_commit_callbacks):
    fine = listing(Acting(cast.head, cast.household), now)
    bare = listing(Acting(cast.head, cast.household), now)
    bare.photos.all().delete()
    tea.photos.update(failure=PhotoFailure.NOT_STORED)
    assert list(listings_without_photo()) == [tea]
    with django_capture_on_commit_callbacks(execute=True):
        sweep_listings()
    assert set(Product.objects.filter(status=ListingStatus.PUBLISHED)) == {fine, bare}
