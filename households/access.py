"""Who may act for which household, and who serves, leads or oversees, at which instant: one selector for each question.

Every right holds from its beginning up to, but not including, its end. Other apps build their own selectors on these
and never compare the dates, the roles or the territory again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from accounts.access import is_operator
from accounts.models import User
from core.errors import NotAllowed as NotAllowed
from core.models import Capacity
from core.periods import vietnam_date
from households.models import (
    Commune,
    CommuneOfficer,
    DigitalTeam,
    Household,
    HouseholdMember,
    Mandate,
    ProvinceOfficer,
    Scope,
    TeamMember,
)


@dataclass(frozen=True, slots=True)
class Acting:
    """Who does something for which household; ``team`` is set when done on its behalf, ``is_operator`` by an operator.

    Neither: a member of the household does it. ``drafts_only`` holds while the team's mandate is a paper that waits:
    nothing may be done that anybody but household and team would see.
    """

    user: User
    household: Household
    team: DigitalTeam | None = None
    is_operator: bool = False
    drafts_only: bool = False

    @property
    def capacity(self) -> Capacity:
        """The right in which it is done, as every log keeps it."""
        if self.is_operator:
            return Capacity.OPERATOR
        return Capacity.TEAM if self.team else Capacity.HOUSEHOLD


def _holds(now: datetime, since: str, until: str) -> Q:
    """The rows whose half-open span from ``since`` to ``until`` holds ``now``; an empty ``until`` is no end."""
    return Q(**{f"{since}__lte": now}) & (Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": now}))


def public_storefront(path: str = "") -> Q:
    """Households whose storefront buyers see: open by the household's will, in an open account.

    ``path`` leads to the household from the rows that are asked, such as ``"household__"``.
    """
    return Q(**{f"{path}is_selling": True, f"{path}opened_at__isnull": False, f"{path}closed_at__isnull": True})


def require_household_or_operator(user: User, household: Household, now: datetime) -> Acting:
    """What the household decides alone, an operator may do when it calls. Raises NotAllowed for everybody else."""
    acting = acting_as(user, household, None, now)
    if acting is None:
        raise NotAllowed(_("Only the household itself decides this."))
    return acting


def acting_as(user: User, household: Household, team: DigitalTeam | None, now: datetime) -> Acting | None:
    """In which capacity ``user`` does what a member, somebody of ``team`` or an operator may do, in this order.

    None for everybody else. Logs name the capacity; whether the act is allowed is the caller's question.
    """
    if own_households(user, now).contains(household):
        return Acting(user, household)
    if team and teams_of(user, now).contains(team):
        return Acting(user, household, team)
    return Acting(user, household, is_operator=True) if is_operator(user) else None


def household_members(now: datetime) -> QuerySet[HouseholdMember]:
    """Who belongs to which household: joined and not left."""
    return HouseholdMember.objects.filter(_holds(now, "joined_at", "left_at"))


def own_households(user: User, now: datetime) -> QuerySet[Household]:
    """The households whose member signs in as ``user``."""
    member = household_members(now).filter(user=user)
    return Household.objects.filter(pk__in=member.values("household"))  # by their few keys, not by asking each row


def serving_members(now: datetime) -> QuerySet[TeamMember]:
    """Who serves in which team: joined and not left, in a team that is founded and not dissolved on Vietnam's day."""
    today = vietnam_date(now)
    existing = Q(team__dissolved_date__isnull=True) | Q(team__dissolved_date__gt=today)
    return TeamMember.objects.filter(_holds(now, "joined_at", "left_at"), existing, team__founded_date__lte=today)


def teams_of(user: User, now: datetime) -> QuerySet[DigitalTeam]:
    """The teams in which ``user`` serves."""
    return DigitalTeam.objects.filter(pk__in=serving_members(now).filter(user=user).values("team"))


def teams_led_by(user: User, now: datetime) -> QuerySet[DigitalTeam]:
    """The teams that ``user`` leads."""
    leading = serving_members(now).filter(user=user, role=TeamMember.Role.LEADER)
    return DigitalTeam.objects.filter(pk__in=leading.values("team"))


def in_territory_of(team: DigitalTeam) -> Q:
    """Households in a team's territory: its village, or the whole commune where it names none."""
    territory = Q(commune_id=team.commune_id)
    return territory & Q(village_name=team.village_name) if team.village_name else territory


def territory_holds(commune: Commune | F | OuterRef, village_name: str | F | OuterRef, *, team: str = "") -> Q:
    """The same rule from the place's side: the teams whose territory holds it.

    ``team`` is the lookup that leads from the filtered rows to the team, such as ``"team__"``.
    """
    whole_commune, village = Q(**{f"{team}village_name": ""}), Q(**{f"{team}village_name": village_name})
    return Q(**{f"{team}commune": commune}) & (whole_commune | village)


def households_served_by(user: User, now: datetime) -> QuerySet[Household]:
    """The households in the territory of the teams in which ``user`` serves; nobody else's, whoever asks."""
    serving = teams_of(user, now).filter(territory_holds(OuterRef("commune"), OuterRef("village_name")))
    return Household.objects.filter(Exists(serving))


def holding(now: datetime) -> Q:
    """The agreements (consents, mandates) that hold by their dates alone: a paper does once its wait is over.

    A withdrawal counts for every instant: a request begun before it ends too.
    """
    return Q(holds_from__lte=now, withdrawn_at__isnull=True)


def waiting(now: datetime) -> Q:
    """The papers that somebody photographed and that do not hold yet."""
    return Q(holds_from__gt=now, withdrawn_at__isnull=True)


def valid_mandates(now: datetime) -> QuerySet[Mandate]:
    """They hold, are not expired, and no later mandate to the same team has begun to hold since.

    So one row says all that a team may do, and an earlier mandate stands while a later paper waits. One that was
    withdrawn before it held replaced nothing.
    """
    later = _later_mandates(now, OuterRef("household"), OuterRef("team"), OuterRef("holds_from"))
    return Mandate.objects.filter(holding(now), ~Exists(later), expires_at__gt=now)


def was_replaced(mandate: Mandate, now: datetime) -> bool:
    """A later mandate to the same team has begun to hold since, whatever became of that one."""
    return _later_mandates(now, mandate.household_id, mandate.team_id, mandate.holds_from).exists()


def _later_mandates(now: datetime, household: Any, team: Any, holds_from: Any) -> QuerySet[Mandate]:
    return Mandate.objects.filter(
        Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=F("holds_from")),
        household=household,
        team=team,
        holds_from__gt=holds_from,
        holds_from__lte=now,
    )


def mandates_to_act_under(user: User, scope: Scope, now: datetime) -> QuerySet[Mandate]:
    """Valid mandates for ``scope`` to the teams of ``user``, of households that live in the team's territory."""
    return _mandates_of_teams(valid_mandates(now), user, scope, now)


def _mandates_of_teams(mandates: QuerySet[Mandate], user: User, scope: Scope, now: datetime) -> QuerySet[Mandate]:
    in_territory = territory_holds(F("household__commune"), F("household__village_name"), team="team__")
    # The list of scopes is JSON, which SQLite cannot search by element; a scope's quoted name occurs nowhere else.
    mandates = mandates.alias(scopes_as_text=Cast("scopes", TextField()))
    return mandates.filter(in_territory, team__in=teams_of(user, now), scopes_as_text__contains=f'"{scope.value}"')


def households_to_act_for(user: User, scope: Scope, now: datetime) -> QuerySet[Household]:
    """The households for which ``user`` may do ``scope``: own ones, and those whose mandate to a team allows it.

    A closed account is neither shown in a storefront nor listed for; its orders are still answered.
    """
    own = Q(pk__in=own_households(user, now).values("pk"))
    mandated = Q(pk__in=mandates_to_act_under(user, scope, now).values("household"))
    households = Household.objects.filter(own | mandated)
    if scope == Scope.ORDERS:
        return households
    return households.filter(Q(closed_at__isnull=True) | Q(closed_at__gt=now))


def households_to_draft_for(user: User, now: datetime) -> QuerySet[Household]:
    """Those for which ``user`` may list, and those whose mandate for it is a paper that waits."""
    papers = _mandates_of_teams(Mandate.objects.filter(waiting(now)), user, Scope.LISTING, now)
    open_account = Q(closed_at__isnull=True) | Q(closed_at__gt=now)
    drafted = Household.objects.filter(open_account, pk__in=papers.values("household"))
    return Household.objects.filter(
        Q(pk__in=households_to_act_for(user, Scope.LISTING, now).values("pk")) | Q(pk__in=drafted.values("pk"))
    )


def drafting_for(user: User, household: Household, now: datetime) -> Acting:
    """The right of ``user`` to draft listings; ``drafts_only`` while the mandate is a paper. Raises NotAllowed."""
    try:
        return acting_for(user, household, Scope.LISTING, now)
    except NotAllowed:
        papers = _mandates_of_teams(Mandate.objects.filter(waiting(now)), user, Scope.LISTING, now)
        paper = papers.filter(household=household).select_related("team").first()
        if paper is None or (household.closed_at and household.closed_at <= now):
            raise
        return Acting(user, household, paper.team, drafts_only=True)


def checkable(user: User, now: datetime) -> Q:
    """The papers, among rows of consents or of mandates, that ``user`` may check: nobody checks his own.

    The leader of the team that it names, an operator, or the household itself does.
    """
    own = Q(household__in=own_households(user, now).values("pk"))
    led = Q(team__in=teams_led_by(user, now).values("pk"))
    somebody_else = ~Q(recorded_by=user)
    return somebody_else if is_operator(user) else somebody_else & (own | led)


def acting_for(user: User, household: Household, scope: Scope, now: datetime) -> Acting:
    """The right of ``user`` to do ``scope`` for ``household``: the one row of ``households_to_act_for``.

    A member acts for the household itself, anybody else for the team that holds its latest mandate. Raises NotAllowed.
    """
    mandates = mandates_to_act_under(user, scope, now).filter(household=OuterRef("pk")).order_by("-given_at", "-pk")
    right = households_to_act_for(user, scope, now).filter(pk=household.pk)
    rows = right.values_list(
        Exists(own_households(user, now).filter(pk=OuterRef("pk"))), Subquery(mandates.values("team")[:1])
    )
    for is_own, team_id in rows:
        return Acting(user, household, None if is_own else DigitalTeam.objects.get(pk=team_id))
    if household.closed_at and household.closed_at <= now and scope != Scope.ORDERS:
        raise NotAllowed(_("The account of this household is closed."))
    raise NotAllowed(
        _(
            "You may not do this for this household: it has given your team no valid mandate for it, or it no longer "
            "lives where your team serves."
        )
    )


def is_party(phones: Iterable[str], household: Household, now: datetime) -> bool:
    """Whether one of ``phones`` (E.164) belongs to the household, or to somebody who serves it as a volunteer.

    Whoever sells, or helps to sell, neither reviews these goods nor asks about them in public. Who belonged to the
    household counts for ever, who served it while the team's mandate holds or the team opened its account.
    """
    numbers = {phone for phone in phones if phone}
    if household.phone in numbers:
        return True
    own = Q(phone__in=numbers) | Q(user__phone__in=numbers)
    if HouseholdMember.objects.filter(own, household=household).exists():
        return True
    mandated = valid_mandates(now).filter(household=household)
    teams = Q(team__in=mandated.values("team")) | Q(team=household.opened_by_team_id)
    return serving_members(now).filter(teams, user__phone__in=numbers).exists()


def province_offices(now: datetime) -> QuerySet[ProvinceOfficer]:
    """The offices in provinces that somebody holds."""
    return ProvinceOfficer.objects.filter(_holds(now, "since", "until"))


def commune_offices(now: datetime) -> QuerySet[CommuneOfficer]:
    """The offices in communes that somebody holds."""
    return CommuneOfficer.objects.filter(_holds(now, "since", "until"))


def provinces_overseen_by(user: User, now: datetime) -> QuerySet[ProvinceOfficer]:
    """The offices of ``user`` in provinces."""
    return province_offices(now).filter(user=user)


def communes_overseen_by(user: User, now: datetime) -> QuerySet[CommuneOfficer]:
    """The offices of ``user`` in communes."""
    return commune_offices(now).filter(user=user)
