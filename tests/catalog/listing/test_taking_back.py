"""What cannot be undone asks once; what was done by mistake is taken back for a while."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.listing.data import data_of
from catalog.listing.selectors import deleted_drafts, listings_of, listings_to_put_back
from catalog.listing.services import (
    ListingIncomplete,
    WrongStatus,
    delete_draft,
    edit_listing,
    publish_listing,
    put_back_listing,
    restore_draft,
    submit_for_check,
    take_down_listing,
    withdraw_listing,
)
from catalog.listing.services.off_sale import TAKE_BACK_WITHIN
from catalog.models import ListingEvent, ListingStatus, Photo, PhotoFailure, Product
from catalog.photos.selectors import photos_to_discard
from households.access import Acting, NotAllowed
from messaging.models import OutgoingMessage
from tests.accessibility import problems
from tests.factories.catalog import draft, listing
from tests.sign_in import sign_in

TICK = timedelta(microseconds=1)


@pytest.fixture
def operator(cast) -> Acting:
    return Acting(cast.operator, cast.household, is_operator=True)


@pytest.fixture
def tea(own, now) -> Product:
    return listing(own, now)


def withdrawn_and_put_back(acting: Acting, listing: Product, now, after: timedelta) -> Product:
    withdraw_listing(acting=acting, listing=listing, now=now)
    return put_back_listing(acting=acting, listing=listing, now=now + after)


def test_a_team_undoes_its_withdrawal_without_another_check_for_a_week(helped, tea, now):
    shown = Product.objects.get().published_at
    assert withdrawn_and_put_back(helped, tea, now, TAKE_BACK_WITHIN - TICK).status == ListingStatus.PUBLISHED
    assert Product.objects.get().published_at == shown
    assert [event.capacity for event in ListingEvent.objects.all()] == ["household", "household", "team", "team"]
    with pytest.raises(WrongStatus):
        withdrawn_and_put_back(helped, tea, now + TAKE_BACK_WITHIN, TAKE_BACK_WITHIN)


def test_what_was_changed_while_off_sale_is_checked_again(helped, tea, now):
    row = withdraw_listing(acting=helped, listing=tea, now=now)
    photos = list(tea.photos.all())
    edit_listing(acting=helped, listing=row, data=data_of(row), photos=photos, version=row.version, now=now)
    with pytest.raises(WrongStatus):
        put_back_listing(acting=helped, listing=tea, now=now)


def test_what_waited_for_its_check_waits_again(helped, now):
    waiting = submit_for_check(acting=helped, listing=draft(helped, now), now=now)
    assert withdrawn_and_put_back(helped, waiting, now, TICK).status == ListingStatus.IN_CHECK


def test_nothing_without_a_photo_is_put_back(own, tea, now):
    withdraw_listing(acting=own, listing=tea, now=now)
    tea.photos.update(failure=PhotoFailure.LOST)
    with pytest.raises(ListingIncomplete):
        put_back_listing(acting=own, listing=tea, now=now)


def test_an_operator_undoes_his_taking_down_and_the_household_is_told(cast, own, operator, tea, now):
    take_down_listing(operator=cast.operator, listing=tea, reason="Nhầm", now=now)
    assert listings_to_put_back(now + TAKE_BACK_WITHIN - TICK) == [tea]
    assert listings_to_put_back(now + TAKE_BACK_WITHIN) == []
    with pytest.raises(NotAllowed):
        put_back_listing(acting=own, listing=tea, now=now)
    row = put_back_listing(acting=operator, listing=tea, now=now)
    assert (row.status, row.takedown_reason) == (ListingStatus.PUBLISHED, "")
    assert "bán lại" in OutgoingMessage.objects.filter(phone=cast.household.phone).last().text


def test_an_operator_does_not_put_back_what_the_household_withdrew(own, operator, tea, now):
    withdraw_listing(acting=own, listing=tea, now=now)
    with pytest.raises(NotAllowed):
        put_back_listing(acting=operator, listing=tea, now=now)


def test_a_reason_of_an_operator_outlives_a_withdrawal_that_is_undone(cast, own, tea, now):
    row = take_down_listing(operator=cast.operator, listing=tea, reason="Ảnh lấy trên mạng", now=now)
    submit_for_check(acting=own, listing=row, now=now)
    row = withdrawn_and_put_back(own, row, now + TICK, TICK)
    assert (row.status, row.takedown_reason) == (ListingStatus.IN_CHECK, "Ảnh lấy trên mạng")


def test_a_deleted_draft_is_out_of_the_lists_and_restorable_for_a_week(cast, own, now):
    made = draft(own, now)
    delete_draft(acting=own, listing=made, now=now)
    assert made not in listings_of(cast.head, now)
    assert list(deleted_drafts(cast.head, timezone.now())) == [made]
    row = restore_draft(acting=own, listing=made, now=now + TAKE_BACK_WITHIN)
    assert (row.status, row.photos.count()) == (ListingStatus.DRAFT, 1)
    later = now + TAKE_BACK_WITHIN + TICK
    delete_draft(acting=own, listing=made, now=later)
    with pytest.raises(WrongStatus):
        restore_draft(acting=own, listing=made, now=later + TAKE_BACK_WITHIN + TICK)


def test_a_deleted_draft_can_only_be_restored(cast, own, now):
    made = delete_draft(acting=own, listing=draft(own, now), now=now)
    for act in (
        lambda: publish_listing(checker=cast.head, listing=made, now=now),
        lambda: submit_for_check(acting=own, listing=made, now=now),
        lambda: withdraw_listing(acting=own, listing=made, now=now),
    ):
        with pytest.raises(WrongStatus):
            act()


def test_what_was_on_sale_once_is_not_deleted(own, tea, now):
    withdraw_listing(acting=own, listing=tea, now=now)
    with pytest.raises(WrongStatus):
        delete_draft(acting=own, listing=tea, now=now)


def test_photos_of_a_deleted_draft_go_after_a_week(own, now):
    made = delete_draft(acting=own, listing=draft(own, now), now=now)
    deleted = made.date_updated
    assert not photos_to_discard(deleted + TAKE_BACK_WITHIN).exists()
    assert list(photos_to_discard(deleted + TAKE_BACK_WITHIN + TICK)) == list(Photo.objects.all())


@pytest.mark.parametrize(("name", "status"), [("withdraw", "published"), ("delete", "draft")])
def test_each_asks_once_and_changes_nothing_by_being_opened(client, cast, own, name, status):
    made = (listing if status == "published" else draft)(own, timezone.now())
    page = sign_in(client, cast.head).get(reverse(f"listing:{name}", args=[made.pk]))
    assert (page.status_code, problems(page.content.decode())) == (200, [])
    assert Product.objects.get().status == status


def test_through_the_pages_and_back(client, cast, own):
    tea, left = listing(own, timezone.now()), draft(own, timezone.now(), title="Bản nháp cũ")
    sign_in(client, cast.head)
    for name, made, status in (
        ("withdraw", tea, "withdrawn"),
        ("put_back", tea, "published"),
        ("delete", left, "deleted"),
        ("restore", left, "draft"),
    ):
        overview = client.post(reverse(f"listing:{name}", args=[made.pk]), follow=True)
        assert problems(overview.content.decode()) == []
        assert Product.objects.get(pk=made.pk).status == status
    client.post(reverse("listing:delete", args=[left.pk]))
    mine = client.get(reverse("listing:mine")).content.decode()
    assert reverse("listing:restore", args=[left.pk]) in mine
    assert problems(mine) == []


def test_operators_put_back_on_the_page_where_they_take_down(client, cast, own):
    tea = listing(own, timezone.now())
    sign_in(client, cast.operator)
    page = client.post(reverse("listing:take_down", args=[tea.pk]), {"reason": "Nhầm"}, follow=True).content.decode()
    address = reverse("listing:put_back_taken_down", args=[tea.pk])
    assert address in page
    assert problems(page) == []
    client.post(address)
    assert Product.objects.get().status == ListingStatus.PUBLISHED


def test_a_removed_photo_is_offered_again_and_taken(client, cast, own):
    made = draft(own, timezone.now(), photos=2)
    kept, removed = made.photos.all()
    address = reverse("listing:edit", args=[made.pk])
    sign_in(client, cast.head)
    form = client.get(address)
    sent = {name: field for name, field in form.context["form"].initial.items() if field not in (None, "", ())}
    sent |= {"price": "120.000", "stock": "40", "net_weight_g": "500 g", "pack_weight_g": "550 g"}
    client.post(address, sent | {"kept": [str(kept.key)], "then": "save"})
    assert list(made.photos.all()) == [kept]
    page = client.get(address)
    assert f'name="kept" value="{removed.key}"' in page.content.decode()
    assert problems(page.content.decode()) == []
    client.post(address, sent | {"version": 2, "kept": [str(kept.key), str(removed.key)], "then": "save"})
    assert list(made.photos.all()) == [kept, removed]
