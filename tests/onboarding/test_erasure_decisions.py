"""An erasure decides about every table that names a person or a household, and takes what it says it takes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from oscar.core.loading import get_model

from accounts.models import User
from catalog.models import ListingFlag, ListingQuestion, Product, Review
from core.keys import new_key
from households.access import Acting
from households.models import Household, HouseholdMember
from onboarding.field.models import FieldAct, FieldDevice
from onboarding.services import ask_for_erasure, fulfil_erasure
from search.models import SavedSearch
from tests.factories.catalog import listing
from tests.factories.households import TeamMemberFactory
from tests.onboarding.erasure_decisions import ERASED, GOES_WITH_THE_ACCOUNT, KEPT

PEOPLE = (User, Household, HouseholdMember)
Basket, UserAddress, WishList = (
    get_model("basket", "Basket"),
    get_model("address", "UserAddress"),
    get_model("wishlists", "WishList"),
)


def links() -> Iterator[tuple[str, Any]]:
    """Every column of every table that points at a person or a household."""
    for model in apps.get_models(include_auto_created=True):
        for column in model._meta.get_fields():
            points = column.is_relation and column.concrete and not getattr(column, "parent_link", False)
            if points and column.related_model in PEOPLE:
                yield f"{model._meta.label}.{column.name}", column


def test_every_table_that_names_somebody_is_decided_about():
    found = dict(links())
    decided = [*GOES_WITH_THE_ACCOUNT.split(), *ERASED, *(name for names in KEPT.values() for name in names.split())]
    assert len(decided) == len(set(decided))
    assert found.keys() - set(decided) == set(), "say in tests/onboarding/erasure_decisions.py what an erasure does"
    assert set(decided) - found.keys() == set()


def test_what_goes_with_the_account_hangs_on_it():
    found = dict(links())
    cascading = {
        name
        for name, column in found.items()
        if column.related_model is User and column.remote_field and _on_delete(column) is models.CASCADE
    }
    assert cascading == set(GOES_WITH_THE_ACCOUNT.split())


def _on_delete(column: Any) -> Any:
    return getattr(column.remote_field, "on_delete", None)


@pytest.fixture
def wanted(cast, now) -> Product:
    """A listing of another household, and what the head of this one keeps as a buyer, of it too."""
    buyer = cast.head
    theirs = listing(Acting(cast.other_head, cast.other_household), now, title="Chè nhà khác")
    country, _made = get_model("address", "Country").objects.get_or_create(iso_3166_1_a2="VN")
    Basket.objects.create(owner=buyer)
    SavedSearch.objects.create(user=buyer, text="mật ong", created_at=now, heard_until=now)
    UserAddress.objects.create(user=buyer, last_name=buyer.full_name, line1="Xóm 3", country=country, hash="a")
    wishes = WishList.objects.create(owner=buyer)
    wishes.add(theirs)
    ListingQuestion.objects.create(
        listing=theirs, asker=buyer, asked_at=now, text="Còn hàng không?", shown_name="N. T. H."
    )
    Review.objects.create(
        listing=theirs, buyer_phone=buyer.phone, stars=5, received_date=date(2026, 9, 1), written_at=now, text="Ngon"
    )
    ListingFlag.objects.create(listing=theirs, reason="price", flagged_by=buyer, flagged_at=now)
    return theirs


def erase(cast, now) -> None:
    request = ask_for_erasure(household=cast.household, actor=cast.head, now=now)
    fulfil_erasure(request=request, operator=cast.operator, now=now)


def rows_of(user: User, phone: str) -> dict[str, int]:
    return {
        "baskets": Basket.objects.filter(owner=user).count(),
        "saved searches": SavedSearch.objects.filter(user=user).count(),
        "addresses": UserAddress.objects.filter(user=user).count(),
        "wish lists": WishList.objects.filter(owner=user).count(),
        "questions": ListingQuestion.objects.filter(asker=user).count(),
        "reviews": Review.objects.filter(buyer_phone=phone).count(),
        "flags": ListingFlag.objects.filter(flagged_by=user).count(),
    }


def test_erasure_takes_what_the_person_kept_as_a_buyer(cast, now, wanted):
    phone = cast.head.phone
    assert set(rows_of(cast.head, phone).values()) == {1}
    erase(cast, now)
    assert set(rows_of(cast.head, phone).values()) == {0}
    assert ListingFlag.objects.count() == 1  # for operators, without a name
    assert Product.objects.filter(pk=wanted.pk).exists()


def test_erasure_takes_what_the_household_answered(cast, now):
    tea = listing(Acting(cast.head, cast.household), now)
    asked = ListingQuestion.objects.create(listing=tea, asker=cast.buyer, asked_at=now, text="Còn không?")
    ListingQuestion.objects.update(answer="Gọi 0912 000 001", answered_at=now, answered_by=cast.head)
    erase(cast, now)
    asked.refresh_from_db()
    assert (asked.text, asked.answer) == ("Còn không?", "")


def test_erasure_leaves_of_acts_from_the_field_what_was_done_alone(cast, now):
    phone = FieldDevice.objects.create(
        key=new_key(now), user=cast.volunteer, enrolled_at=now, expires_at=now, seen_at=now, token_digest="a phone"
    )
    for household in (cast.household, cast.other_household):
        FieldAct.objects.create(
            key=new_key(now),
            device=phone,
            kind="edit_listing",
            household_code=household.code,
            phone_time=now,
            happened_at=now,
            learned_at=now,
            status=FieldAct.Status.CONFLICT,
            message="Bà Hoa đã sửa",
            conflicts=[{"field": "title", "theirs": "Chè bà Hoa"}],
        )
    erase(cast, now)
    own, other = (FieldAct.objects.get(household_code=one.code) for one in (cast.household, cast.other_household))
    assert (own.status, own.message, own.conflicts) == ("conflict", "", [])
    assert (other.message, len(other.conflicts)) == ("Bà Hoa đã sửa", 1)


def test_a_person_who_is_more_here_keeps_what_is_his_own(cast, now, wanted):
    TeamMemberFactory(team=cast.other_team, user=cast.head)
    erase(cast, now)
    assert set(rows_of(cast.head, cast.head.phone).values()) == {1}
