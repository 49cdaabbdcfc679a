"""Drafting: what is typed becomes a listing once, or is refused with the field to mend."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pytest

from catalog.listing.data import ListingRefused
from catalog.listing.services import draft_listing, edit_listing, publish_listing
from catalog.models import Product
from catalog.offer.models import Partner
from core.errors import ChangedMeanwhile
from core.models import AuditEntry
from households.access import Acting, NotAllowed
from tests.factories.catalog import draft, listing_data, photo


def test_a_draft_keeps_everything_that_was_typed(own, now):
    made = draft(own, now)
    record = made.stockrecords.get()
    assert (made.status, made.is_public, made.slug) == ("draft", False, "che-tan-cuong-loai-mot")
    assert (record.price, record.num_in_stock, record.num_allocated) == (Decimal(120_000), 40, 0)
    assert (made.net_weight_g, made.pack_weight_g, made.harvest_months) == (500, 550, [3, 4, 10])
    assert [category.code for category in made.categories.all()] == ["che-xanh"]


def test_the_first_listing_makes_the_household_a_partner_once(own, now):
    draft(own, now)
    draft(own, now)
    assert Partner.objects.filter(household=own.household).count() == 1


def test_the_same_form_sent_twice_makes_one_listing(own, now):
    key = uuid.uuid4()
    for _time in range(2):
        draft_listing(acting=own, data=listing_data(own), key=key, now=now)
    assert Product.objects.count() == 1
    assert AuditEntry.objects.filter(action="draft_listing").count() == 1


def test_a_key_of_another_household_is_refused(cast, own, now):
    made = draft(own, now)
    with pytest.raises(NotAllowed):
        draft_listing(
            acting=Acting(cast.other_head, cast.other_household), data=listing_data(own), key=made.key, now=now
        )


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("title", {"title": "ab"}),
        ("title", {"title": "x" * 121}),
        ("price", {"price": 0}),
        ("price", {"price": 10**12}),
        ("stock", {"stock": -1}),
        ("pieces", {"sale_unit": "chuc", "net_weight_g": None}),
        ("net_weight_g", {"net_weight_g": None}),
        ("pack_weight_g", {"sale_unit": "chuc", "pieces": 12, "net_weight_g": None}),
        ("harvest_months", {"harvest_months": (0, 13)}),
        ("max_transit_days", {"max_transit_days": 0}),
        ("description", {"description": "x" * 4001}),
        ("category_id", {"category_id": 0}),
        ("origin_commune_id", {"origin_commune_id": "99999"}),
    ],
)
def test_a_broken_rule_names_its_field_and_writes_nothing(own, now, field, changes):
    with pytest.raises(ListingRefused) as refused:
        draft(own, now, photos=0, **changes)
    assert refused.value.field == field
    assert not Product.objects.exists()


@pytest.mark.parametrize(
    ("typed", "pieces", "net", "pack"),
    [
        ({"sale_unit": "kg", "net_weight_g": None}, None, 1000, 1100),
        ({"sale_unit": "chuc", "pieces": 12, "net_weight_g": 2400}, 12, 2400, 2640),
        ({"sale_unit": "piece", "net_weight_g": 300}, 1, 300, 350),
        ({"sale_unit": "bunch", "net_weight_g": 300, "pack_weight_g": 320}, None, 300, 320),
    ],
)
def test_grams_or_pieces_are_always_known(own, now, typed, pieces, net, pack):
    made = draft(own, now, **typed)
    assert (made.pieces, made.net_weight_g, made.pack_weight_g) == (pieces, net, pack)


def test_an_edit_over_somebody_elses_edit_is_refused_with_what_stands_now(own, helped, now):
    made = draft(own, now)
    photos = list(made.photos.all())
    edit_listing(acting=helped, listing=made, data=listing_data(own, price=90_000), photos=photos, version=1, now=now)
    with pytest.raises(ChangedMeanwhile) as refused:
        edit_listing(acting=own, listing=made, data=listing_data(own, price=1), photos=photos, version=1, now=now)
    assert refused.value.current.stockrecords.get().price == 90_000


def test_an_edit_is_kept_in_the_journal_with_before_and_after(own, now):
    made = draft(own, now)
    edit_listing(
        acting=own,
        listing=made,
        data=listing_data(own, title="Chè Tân Cương loại hai", price=100_000),
        photos=list(made.photos.all()),
        version=1,
        now=now,
    )
    entry = AuditEntry.objects.get(action="edit_listing")
    assert entry.changes["price"] == [120_000, 100_000]
    assert entry.household_code == own.household.code
    assert Product.objects.get().slug == "che-tan-cuong-loai-hai"


def test_photos_stand_in_the_order_given(own, cast, now):
    made = draft(own, now, photos=2)
    first, second = made.photos.all()
    third = photo(cast.head, now)
    edit_listing(acting=own, listing=made, data=listing_data(own), photos=[third, first], version=1, now=now)
    assert list(made.photos.all()) == [third, first]
    assert not made.photos.filter(pk=second.pk).exists()


def test_more_than_eight_photos_are_refused(own, cast, now):
    with pytest.raises(ListingRefused):
        draft(own, now, photos=9)


def test_another_households_listing_cannot_be_edited(cast, own, now):
    made = draft(own, now)
    with pytest.raises(NotAllowed):
        edit_listing(
            acting=Acting(cast.other_head, cast.other_household),
            listing=made,
            data=listing_data(own),
            photos=[],
            version=1,
            now=now,
        )
    assert publish_listing(checker=cast.head, listing=made, now=now).title == "Chè Tân Cương loại một"
