"""A change of a listing on sale stands beside it until somebody who may has checked it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from catalog.access import revisions_to_check, visible_revisions
from catalog.listing.data import ListingRefused, data_of
from catalog.listing.services import (
    ListingIncomplete,
    WrongStatus,
    edit_listing,
    propose_revision,
    publish_revision,
    put_back_listing,
    send_back_revision,
    take_back_revision,
    take_down_listing,
    withdraw_listing,
)
from catalog.models import ListingRevision, Photo, PhotoFailure, Product, RevisionEvent, RevisionStatus
from catalog.photos.selectors import photos_aside, photos_to_discard
from catalog.signals import listing_changed
from core.errors import ChangedMeanwhile, ReasonMissing
from core.models import AuditEntry
from households.access import Acting, NotAllowed
from households.models import Act
from households.services import close_account
from search.index.source import Source
from tests.factories.catalog import category, listing, photo, proposed, set_price

NEW = "Chè đinh nõn hái sáng"


@pytest.fixture
def tea(own, now) -> Product:
    return listing(own, now, description="Chè một tôm hai lá, trogn vườn nhà, sao tay.")


@pytest.fixture
def change(helped, tea, now) -> ListingRevision:
    return proposed(helped, tea, now, title=NEW)


def test_the_listing_stands_unchanged_until_its_change_is_published(cast, tea, change, now):
    before = Product.objects.values().get()
    assert (before["title"], before["status"], before["is_public"]) == ("Chè Tân Cương loại một", "published", True)
    assert change.status == RevisionStatus.WAITING
    publish_revision(checker=cast.head, revision=change, now=now)
    tea.refresh_from_db()
    assert (tea.title, tea.slug, tea.version, tea.status) == (NEW, "che-dinh-non-hai-sang", 2, "published")
    assert (tea.drafted_by, tea.drafted_by_team, tea.checked_by) == (cast.volunteer, cast.team, cast.head)


def test_price_and_stock_change_at_once_and_are_no_part_of_the_change(cast, helped, tea, now):
    change = proposed(helped, tea, now, title=NEW, price=99_000, stock=7)
    record = tea.stockrecords.get()
    assert (record.dong, record.num_in_stock) == (99_000, 7)
    assert not {"price", "stock"} & change.words.keys()
    set_price(acting=helped, listing=tea, price=88_000, now=now)
    publish_revision(checker=cast.leader, revision=change, now=now)
    assert tea.stockrecords.get().dong == 88_000


def test_a_form_that_changes_price_alone_makes_no_change_to_check(helped, tea, now):
    assert proposed(helped, tea, now, price=99_000) is None
    assert not ListingRevision.objects.exists()


def test_what_is_only_proposed_is_read_by_nobody_but_those_who_work_on_it(client, cast, helped, tea, now):
    hidden = photo(cast.volunteer, now)
    proposed(helped, tea, now, title=NEW, photos=[hidden, *tea.photos.all()])
    tea.refresh_from_db()
    document = next(Source(now).listings(version=1, product_ids=[tea.pk])).as_dict()
    assert NEW not in str(document)
    assert str(hidden.key) not in str(document)
    for address in (tea.get_absolute_url(), f"/gian-hang/{cast.household.slug}_{cast.household.code}/"):
        page = client.get(address).content.decode()
        assert NEW not in page
        assert str(hidden.key) not in page


@pytest.mark.parametrize(("who", "capacity"), [("head", "household"), ("leader", "team"), ("operator", "operator")])
def test_who_may_check_it_publishes_it_as_who_he_is(cast, change, now, who, capacity):
    checker = getattr(cast, who)
    publish_revision(checker=checker, revision=change, now=now)
    event, entry = RevisionEvent.objects.last(), AuditEntry.objects.get(action="publish_revision")
    assert (event.status, event.actor, event.capacity) == ("published", checker, capacity)
    assert (event.team, entry.team_id) == ((cast.team, cast.team.pk) if capacity == "team" else (None, None))
    assert entry.capacity == capacity
    assert entry.changes["title"] == ["Chè Tân Cương loại một", NEW]


def test_nobody_else_checks_it(cast, change, now):
    seeing = {name for name, user in cast.everyone().items() if change in revisions_to_check(user, now)}
    assert seeing == {"head", "leader", "operator"}
    for name in cast.everyone().keys() - seeing:
        for decide in (publish_revision, lambda **given: send_back_revision(note="Sai", **given)):
            with pytest.raises(NotAllowed):
                decide(checker=getattr(cast, name), revision=change, now=now)


def test_a_leader_does_not_check_what_he_wrote(cast, tea, now):
    change = proposed(Acting(cast.leader, cast.household, cast.team), tea, now, title=NEW)
    assert change.status == RevisionStatus.WAITING
    assert change not in revisions_to_check(cast.leader, now)
    with pytest.raises(NotAllowed):
        publish_revision(checker=cast.leader, revision=change, now=now)


def test_who_works_on_the_listing_sees_its_changes(cast, change, now):
    seeing = {name for name, user in cast.everyone().items() if change in visible_revisions(user, now)}
    assert seeing == {"head", "volunteer", "leader", "operator"}


def test_the_team_decides_only_under_a_mandate_that_holds(cast, change, now):
    cast.mandate.withdrawn_at = now
    cast.mandate.save()
    with pytest.raises(NotAllowed):
        publish_revision(checker=cast.leader, revision=change, now=now)
    assert not visible_revisions(cast.volunteer, now).exists()
    assert publish_revision(checker=cast.head, revision=change, now=now).status == RevisionStatus.PUBLISHED


def test_the_household_looks_at_its_own_large_change_and_publishes_it(cast, own, tea, now):
    change = proposed(own, tea, now, title=NEW)
    assert change.status == RevisionStatus.WAITING
    assert publish_revision(checker=cast.head, revision=change, now=now).is_checked


@pytest.mark.parametrize(("who", "is_checked"), [("own", True), ("helped", False)])
def test_a_small_change_of_whom_the_household_trusts_is_published_at_once(request, tea, now, who, is_checked):
    acting = request.getfixturevalue(who)
    change = proposed(acting, tea, now, description="Chè một tôm hai lá, trong vườn nhà, sao tay.")
    tea.refresh_from_db()
    assert (change.status, change.is_checked) == (RevisionStatus.PUBLISHED, is_checked)
    assert (tea.description, tea.version) == ("Chè một tôm hai lá, trong vườn nhà, sao tay.", 2)
    assert [event.status for event in change.events.all()] == ["waiting", "published"]


def test_a_small_change_waits_where_the_mandate_has_ended_meanwhile(cast, helped, tea, now):
    cast.mandate.expires_at = now
    cast.mandate.save()
    change = proposed(helped, tea, now, description="Chè một tôm hai lá, trong vườn nhà, sao tay.")
    assert change.status == RevisionStatus.WAITING


def test_many_small_changes_do_not_add_up_to_a_large_one(cast, helped, own, tea, now):
    """Each is measured from the words that somebody checked last."""
    text = "Chè một tôm hai lá, {} vườn nhà, sao tay."
    assert proposed(helped, tea, now, description=text.format("tronh")).status == RevisionStatus.WAITING
    take_back_revision(acting=own, revision=ListingRevision.objects.get(), now=now)
    assert proposed(helped, tea, now, description=text.format("trong")).status == RevisionStatus.PUBLISHED
    later = now + timedelta(minutes=1)
    second = proposed(helped, tea, later, description=text.format("trang"))
    assert second.status == RevisionStatus.WAITING
    publish_revision(checker=cast.head, revision=second, now=later)
    third = proposed(helped, tea, later + timedelta(minutes=1), description=text.format("trăng"))
    assert third.status == RevisionStatus.PUBLISHED


def test_photos_added_behind_the_others_are_published_at_once(cast, helped, tea, now):
    added = photo(cast.volunteer, now)
    change = proposed(helped, tea, now, photos=[*tea.photos.all(), added])
    assert change.status == RevisionStatus.PUBLISHED
    assert list(tea.photos.all())[-1] == added


def test_an_added_photo_that_is_not_ready_does_not_hide_the_ready_one(cast, helped, tea, now):
    added = photo(cast.volunteer, now, ready=False)
    assert proposed(helped, tea, now, photos=[*tea.photos.all(), added]).status == RevisionStatus.PUBLISHED


def test_a_photo_that_takes_the_place_of_the_last_must_be_ready(cast, helped, tea, now):
    new = photo(cast.volunteer, now, ready=False)
    change = proposed(helped, tea, now, photos=[new])
    with pytest.raises(ListingIncomplete):
        publish_revision(checker=cast.head, revision=change, now=now)
    Photo.objects.filter(pk=new.pk).update(failure=PhotoFailure.UNREADABLE)
    with pytest.raises(ListingIncomplete):
        publish_revision(checker=cast.head, revision=change, now=now)
    Photo.objects.filter(pk=new.pk).update(failure="", widths=[320])
    publish_revision(checker=cast.head, revision=change, now=now)
    assert list(tea.photos.all()) == [new]


def test_photos_of_a_change_stay_beside_the_listing_while_it_is_open(cast, helped, tea, now):
    shown, new = tea.photos.get(), photo(cast.volunteer, now)
    change = proposed(helped, tea, now, photos=[new])
    much_later = now + timedelta(days=60)
    assert list(tea.photos.all()) == [shown]
    assert not photos_to_discard(much_later).exists()
    publish_revision(checker=cast.head, revision=change, now=much_later)
    assert list(tea.photos.all()) == [new]
    assert photos_aside(tea, much_later) == [shown]
    assert list(photos_to_discard(much_later + timedelta(days=7, seconds=1))) == [shown]


def test_photos_of_a_change_that_was_given_up_are_discarded_after_a_while(cast, helped, tea, now):
    new = photo(cast.volunteer, now)
    take_back_revision(acting=helped, revision=proposed(helped, tea, now, photos=[new]), now=now)
    assert photos_aside(tea, now + timedelta(days=7)) == [new]
    assert not photos_to_discard(now + timedelta(days=7)).exists()
    assert list(photos_to_discard(now + timedelta(days=7, seconds=1))) == [new]


def test_a_change_is_sent_back_kept_and_mended(cast, helped, tea, change, now):
    with pytest.raises(ReasonMissing):
        send_back_revision(checker=cast.leader, revision=change, note=" ", now=now)
    back = send_back_revision(checker=cast.leader, revision=change, note="Hái sáng ở đâu?", now=now)
    assert (back.status, back.check_note) == (RevisionStatus.SENT_BACK, "Hái sáng ở đâu?")
    assert change not in revisions_to_check(cast.head, now)
    with pytest.raises(WrongStatus):
        publish_revision(checker=cast.head, revision=change, now=now)
    mended = proposed(helped, tea, now, title="Chè đinh nõn", replaces=change.pk)
    change.refresh_from_db()
    assert (change.status, change.words["title"], mended.status) == (RevisionStatus.REPLACED, NEW, "waiting")
    notes = RevisionEvent.objects.filter(revision=change).values_list("status", "capacity", "note")
    assert list(notes) == [
        ("waiting", "team", ""),
        ("sent_back", "team", "Hái sáng ở đâu?"),
        ("replaced", "team", ""),
    ]


def test_two_who_mend_one_change_are_told_of_each_other(cast, helped, tea, change, now):
    other = Acting(cast.leader, cast.household, cast.team)
    proposed(other, tea, now, title="Chè nõn tôm", replaces=change.pk)
    with pytest.raises(ChangedMeanwhile):
        proposed(helped, tea, now, title="Chè móc câu", replaces=change.pk)
    assert ListingRevision.objects.get(status="waiting").words["title"] == "Chè nõn tôm"


def test_household_and_team_each_have_a_change_and_the_second_is_stale(cast, own, helped, tea, change, now):
    theirs = proposed(own, tea, now, title="Chè của nhà")
    publish_revision(checker=cast.head, revision=theirs, now=now)
    with pytest.raises(ChangedMeanwhile):
        publish_revision(checker=cast.leader, revision=change, now=now)
    tea.refresh_from_db()
    assert tea.title == "Chè của nhà"
    again = proposed(helped, tea, now, title=NEW, replaces=change.pk)
    assert publish_revision(checker=cast.leader, revision=again, now=now).listing.title == NEW


def test_a_form_older_than_the_listing_proposes_nothing(helped, own, tea, now):
    stale = Product.objects.get()
    proposed(own, tea, now, description="Chè một tôm hai lá, trong vườn nhà, sao tay.")
    with pytest.raises(ChangedMeanwhile):
        propose_revision(
            acting=helped,
            listing=stale,
            data=data_of(stale),
            photos=list(stale.photos.all()),
            version=1,
            replaces=None,
            now=now,
        )


@pytest.mark.parametrize("who", ["own", "helped"])
def test_household_or_its_author_takes_a_change_back(request, change, now, who):
    acting = request.getfixturevalue(who)
    assert take_back_revision(acting=acting, revision=change, now=now).status == RevisionStatus.TAKEN_BACK
    assert RevisionEvent.objects.last().capacity == acting.capacity


def test_nobody_else_takes_a_change_back(cast, own, helped, tea, now):
    theirs = proposed(own, tea, now, title=NEW)
    for acting in (helped, Acting(cast.other_head, cast.other_household)):
        with pytest.raises(NotAllowed):
            take_back_revision(acting=acting, revision=theirs, now=now)


def test_what_is_written_back_to_what_stands_is_taken_back(helped, tea, change, now):
    assert proposed(helped, tea, now, replaces=change.pk) is None
    change.refresh_from_db()
    assert change.status == RevisionStatus.TAKEN_BACK


@pytest.mark.parametrize("end", ["withdraw", "take_down"])
def test_a_change_ends_with_the_sale_and_waits_again_when_that_is_undone(cast, own, tea, change, now, end):
    if end == "withdraw":
        back = own
        withdraw_listing(acting=own, listing=tea, now=now)
    else:
        back = Acting(cast.operator, cast.household, is_operator=True)
        take_down_listing(operator=cast.operator, listing=tea, reason="Ảnh lấy trên mạng", now=now)
    change.refresh_from_db()
    assert change.status == RevisionStatus.ENDED
    with pytest.raises(WrongStatus):
        publish_revision(checker=cast.operator, revision=change, now=now)
    put_back_listing(acting=back, listing=tea, now=now + timedelta(hours=1))
    change.refresh_from_db()
    assert (change.status, change.closed_at) == (RevisionStatus.WAITING, None)


def test_a_change_ends_with_the_account(cast, change, now, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        close_account(household=cast.household, reason="", now=now, actor=cast.head)
    change.refresh_from_db()
    assert change.status == RevisionStatus.ENDED


def test_what_is_on_sale_is_not_written_over(own, tea, now):
    with pytest.raises(ChangedMeanwhile):
        edit_listing(acting=own, listing=tea, data=data_of(tea), photos=[], version=1, now=now)


def test_another_household_proposes_nothing(cast, tea, now):
    with pytest.raises(NotAllowed):
        proposed(Acting(cast.other_head, cast.other_household), tea, now, title=NEW)


def test_a_category_that_is_gone_is_said_to_the_checker(cast, helped, tea, now):
    gone = category("gia-vi", "Gia vị")
    change = proposed(helped, tea, now, category_id=gone.pk)
    gone.delete()
    with pytest.raises(ListingRefused):
        publish_revision(checker=cast.head, revision=change, now=now)


def test_publishing_tells_those_who_show_listings_and_counts_as_a_display(cast, tea, change, now):
    heard = []

    def hear(product_id, **_kwargs: object):
        heard.append(product_id)

    listing_changed.connect(hear)
    try:
        publish_revision(checker=cast.head, revision=change, now=now + timedelta(days=1))
    finally:
        listing_changed.disconnect(hear)
    assert heard == [tea.pk]
    assert Act.objects.filter(happened_at=now + timedelta(days=1)).count() == 1


def test_publishing_twice_is_one_publication(cast, change, now):
    for _time in range(2):
        publish_revision(checker=cast.head, revision=change, now=now)
    assert AuditEntry.objects.filter(action="publish_revision").count() == 1
