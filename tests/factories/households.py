"""Places, teams and households that stand on their own; the named people are in tests/cast.py."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from accounts.models import User
from core.periods import VIETNAM
from core.text import fold, slug
from households.codes import code_number
from households.models import (
    AccountEvent,
    Commune,
    DigitalTeam,
    Household,
    HouseholdMember,
    Mandate,
    Province,
    Scope,
    TeamMember,
)

OPENED = datetime(2026, 9, 1, 8, 0, tzinfo=VIETNAM)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    phone = factory.Sequence(lambda n: f"+8498{n:07}")
    full_name = "Hoàng Thị Mai"


class PlaceFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    folded = factory.LazyAttribute(lambda place: fold(place.name))
    slug = factory.LazyAttribute(lambda place: slug(place.name))
    valid_from = date(2025, 7, 1)


class ProvinceFactory(PlaceFactory):
    class Meta:
        model = Province
        django_get_or_create = ("code",)

    code = "75"
    name = "Đồng Nai"
    kind = Province.Kind.CITY
    region = "south"


class CommuneFactory(PlaceFactory):
    class Meta:
        model = Commune

    code = factory.Sequence(lambda n: f"{70000 + n}")
    name = factory.Sequence(lambda n: f"Xuân Thọ {n}")
    kind = Commune.Kind.COMMUNE
    province = factory.SubFactory(ProvinceFactory)


class TeamFactory(DjangoModelFactory):
    """A team of a whole commune; name a village to give it less."""

    class Meta:
        model = DigitalTeam

    name = factory.Sequence(lambda n: f"Tổ công nghệ số {n}")
    commune = factory.SubFactory(CommuneFactory)
    founded_date = date(2022, 4, 1)


class TeamMemberFactory(DjangoModelFactory):
    class Meta:
        model = TeamMember

    team = factory.SubFactory(TeamFactory)
    user = factory.SubFactory(UserFactory)
    joined_at = datetime(2022, 4, 1, tzinfo=VIETNAM)


class HouseholdFactory(DjangoModelFactory):
    """A household with an open account and storefront, whose head signs in; its events say what its columns say."""

    class Meta:
        model = Household
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: code_number(20_000_000 + n))
    name = factory.Sequence(lambda n: f"Vườn nhà số {n}")
    slug = factory.LazyAttribute(lambda household: slug(household.name))
    phone = factory.Sequence(lambda n: f"+8497{n:07}")
    village_name = "Ấp 1"
    commune = factory.SubFactory(CommuneFactory)
    registered_at = OPENED
    opened_at = OPENED
    consented_at = OPENED
    phone_confirmed_at = OPENED
    is_selling = True

    @factory.post_generation
    def head(self, create, extracted, **_details: object):
        if create:
            user = extracted or UserFactory(phone=self.phone)
            self.head = MemberFactory(household=self, user=user, full_name=user.full_name, phone=user.phone)
            self.save()

    @factory.post_generation
    def account_events(self, create, _extracted, **_details: object):
        if create:
            write_account_events(self)


def write_account_events(household: Household) -> None:
    """The events that the services would have left."""
    kinds, opened = AccountEvent.Kind, household.opened_at or household.registered_at
    moments = {kinds.OPENED: household.opened_at, kinds.CLOSED: household.closed_at}
    moments |= {kinds.STOREFRONT_OPENED: opened} if household.is_selling else {}
    for kind, at in moments.items():
        if at:
            AccountEvent.objects.create(household=household, kind=kind, at=at)


class MemberFactory(DjangoModelFactory):
    class Meta:
        model = HouseholdMember

    household = factory.SubFactory(HouseholdFactory)
    full_name = "Hoàng Thị Mai"
    joined_at = OPENED


class MandateFactory(DjangoModelFactory):
    """All scopes, given by code at the opening, for a year."""

    class Meta:
        model = Mandate

    household = factory.SubFactory(HouseholdFactory)
    team = factory.SubFactory(TeamFactory)
    scopes = list(Scope)
    given_at = OPENED
    given_how = "code"
    holds_from = factory.SelfAttribute("given_at")
    expires_at = OPENED + timedelta(days=365)
