"""One team with its members and the households it brought on line: a few bulk statements, one transaction."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import OuterRef, Subquery

from accounts.models import User
from core.periods import vietnam_date
from core.text import slug
from demo.full.cases import write_cases, write_mandates
from demo.full.goods import write_goods
from demo.full.names import household_phone, member_phone, person, storefront
from demo.full.plan import TeamPlan
from demo.full.totals import SEED, YEAR
from demo.rows import key
from households.codes import code_number
from households.models import AccountEvent, Act, DigitalTeam, Household, HouseholdMember, TeamMember
from households.models.agreement import GivenBy
from households.search_text import search_text
from onboarding.models import Consent, ConsentText

FIRST_CODE = 300_000_000
FIRST_OPENING = YEAR[0] - timedelta(days=140)
LAST_OPENING = YEAR[1] - timedelta(days=20)
CONSENTED_AFTER = timedelta(minutes=10)


def is_there(plan: TeamPlan) -> bool:
    return DigitalTeam.objects.filter(name=plan.name, commune=plan.commune).exists()


@transaction.atomic
def write_team(plan: TeamPlan, now: datetime) -> None:
    """The team, whole or not at all; the mandates it works under hold ``now``."""
    chance = plan.chance()
    team = DigitalTeam.objects.create(
        name=plan.name, commune=plan.commune, village_name=plan.village_name, founded_date=date(2021, 8, 1)
    )
    members = _members(plan, team, chance)
    households, heads = _households(plan, team, members[0], chance)
    active = households[: plan.active]
    _searches(active, heads, chance)
    _searches_before(households[plan.active :], heads, chance)
    products = write_goods(plan, active, members[0], team, chance)
    write_cases(households, {product.household_id for product in products}, team, members[0])
    write_mandates(households, team, members[0], now)


def _members(plan: TeamPlan, team: DigitalTeam, chance: random.Random) -> list[User]:
    joined = FIRST_OPENING - timedelta(days=10)
    first = plan.number * 100
    users = User.objects.bulk_create(
        _user(member_phone(first + number), person(chance), joined) for number in range(plan.members)
    )
    roles = [TeamMember.Role.LEADER] + [TeamMember.Role.MEMBER] * (plan.members - 1)
    TeamMember.objects.bulk_create(
        TeamMember(team=team, user=user, role=role, joined_at=joined) for user, role in zip(users, roles, strict=True)
    )
    return users


def _user(phone: str, full_name: str, joined: datetime) -> User:
    return User(phone=phone, full_name=full_name, password=make_password(None), date_joined=joined)


def _households(
    plan: TeamPlan, team: DigitalTeam, recorded_by: User, chance: random.Random
) -> tuple[list[Household], dict[int, User]]:
    """The households with the users of their heads, by household."""
    heads = [person(chance) for _number in range(plan.households)]
    households = Household.objects.bulk_create(
        _household(plan, team, plan.first + place, head, chance) for place, head in enumerate(heads)
    )
    users = User.objects.bulk_create(
        _user(row.phone, head, row.registered_at) for row, head in zip(households, heads, strict=True)
    )
    HouseholdMember.objects.bulk_create(
        HouseholdMember(household=row, user=user, full_name=head, phone=row.phone, joined_at=row.registered_at)
        for row, user, head in zip(households, users, heads, strict=True)
    )
    head = HouseholdMember.objects.filter(household=OuterRef("pk")).values("pk")[:1]
    Household.objects.filter(opened_by_team=team).update(head=Subquery(head))
    _consents(households, team, recorded_by)
    return households, {row.pk: user for row, user in zip(households, users, strict=True)}


def _consents(households: list[Household], team: DigitalTeam, recorded_by: User) -> None:
    """What each household agreed to, on the day that its account was opened by it."""
    text = ConsentText.objects.filter(language="vi").latest("valid_from")
    Consent.objects.bulk_create(
        Consent(
            household=row,
            text=text,
            given_at=row.registered_at + CONSENTED_AFTER,
            given_how=GivenBy.CODE,
            holds_from=row.registered_at + CONSENTED_AFTER,
            team=team,
            recorded_by=recorded_by,
        )
        for row in households
    )
    AccountEvent.objects.bulk_create(
        AccountEvent(household=row, kind=AccountEvent.Kind.OPENED, at=row.opened_at, actor=recorded_by)
        for row in households
        if row.opened_at
    )


def _household(plan: TeamPlan, team: DigitalTeam, number: int, head: str, chance: random.Random) -> Household:
    opened = _between(FIRST_OPENING, LAST_OPENING, chance)
    name = storefront(head, chance)
    return Household(
        key=str(key(SEED, "household", str(number))),
        code=code_number(FIRST_CODE + number),
        name=name,
        slug=slug(name),
        phone=household_phone(number),
        village_name=plan.village_name,
        commune=plan.commune,
        search_text=search_text(name, head),
        registered_at=opened - CONSENTED_AFTER,
        opened_at=opened,
        consented_at=opened,
        phone_confirmed_at=opened,
        opened_by_team=team,
    )


def _between(start: datetime, end: datetime, chance: random.Random) -> datetime:
    return start + timedelta(seconds=chance.randrange(int((end - start).total_seconds())))


def _searches(active: list[Household], heads: dict[int, User], chance: random.Random) -> None:
    """On one to three days of 2022 somebody of each active household signed in and searched."""
    rows = []
    for household in active:
        since = max(household.opened_at or household.registered_at, YEAR[0])
        moments = [_between(since, YEAR[1], chance) for _turn in range(chance.choice((1, 1, 2, 3)))]
        # The product records one search a day: the first.
        for at in {vietnam_date(moment): moment for moment in sorted(moments, reverse=True)}.values():
            rows.append(_search(household, heads, at))
    Act.objects.bulk_create(rows)


def _searches_before(asleep: list[Household], heads: dict[int, User], chance: random.Random) -> None:
    """Some that did nothing in 2022 had searched in 2021: they must not count."""
    early = [
        (row, row.opened_at) for row in asleep if row.opened_at and row.opened_at < YEAR[0] and chance.random() < 0.5
    ]
    Act.objects.bulk_create(_search(row, heads, _between(opened, YEAR[0], chance)) for row, opened in early)


def _search(household: Household, heads: dict[int, User], at: datetime) -> Act:
    key = f"search:{household.pk}:{vietnam_date(at)}"
    actor = heads[household.pk]
    return Act(key=key, household=household, kind=Act.Kind.SEARCH, actor=actor, happened_at=at, learned_at=at)
