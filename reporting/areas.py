"""Areas that figures are asked for: the country, a province, a commune, or the households a team opened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.name_order import by_name
from households.models import Commune, DigitalTeam, Province

NO_TEAM = "none"
MAX_TEAM_DIGITS = 12  # a run keeps the longest key: "team-", these, a point and a commune's code


class UnknownArea(DomainError):
    """No such area, or its address is mistyped."""

    code = "unknown_area"


class Breakdown(StrEnum):
    """What the rows of a table are. The value is the way from a household to it."""

    PROVINCE = "commune__province_id"
    COMMUNE = "commune_id"
    TEAM = "opened_by_team_id"


@dataclass(frozen=True, slots=True)
class Area:
    """``kind`` is country, province, commune or team; ``province`` and ``commune`` are the codes of where it lies.

    ``within`` is set for a team's part of a province or commune, by that place's code: the households that the team
    opened and that stand there. A team opens accounts of households that live, or have moved, elsewhere too.
    """

    kind: str
    code: str
    name: str
    province: str = ""
    commune: str = ""
    within: str = ""

    @property
    def key(self) -> str:
        """How it is written in an address: "country", "province-75", "commune-25993", "team-12", "team-12.25993"."""
        key = f"{self.kind}-{self.code}" if self.code else self.kind
        return f"{key}.{self.within}" if self.within else key

    def households(self, path: str = "") -> Q:
        """Which households the area has; ``path`` leads to the household from the model that is asked."""
        if self.kind == "country":
            return Q()
        if self.kind == "province":
            return Q(**{path + Breakdown.PROVINCE: self.code})
        if self.kind == "commune":
            return Q(**{path + Breakdown.COMMUNE: self.code})
        if not self.within:
            return self.opened_by(path)
        return self.opened_by(path) & Q(
            **{path + (Breakdown.COMMUNE if self.commune else Breakdown.PROVINCE): self.within}
        )

    def opened_by(self, path: str = "") -> Q:
        """The households that the area's team opened, wherever they stand."""
        return Q(**{path + Breakdown.TEAM: None if self.code == NO_TEAM else self.code})


def country() -> Area:
    return Area("country", "", str(_("Viet Nam")))


def of_province(province: Province) -> Area:
    return Area("province", province.code, f"{province.get_kind_display().capitalize()} {province}", province.code)


def of_commune(commune: Commune) -> Area:
    name = f"{commune.get_kind_display().capitalize()} {commune}"
    return Area("commune", commune.code, name, commune.province_id, commune.code)


def of_team(team: DigitalTeam) -> Area:
    """All households that the team opened; ``team`` with its commune read."""
    return Area("team", str(team.pk), team.name, team.commune.province_id, team.commune_id)


def of_team_within(team: DigitalTeam | None, place: Area) -> Area:
    """The households of a province or commune that the team opened; without a team, those that none opened."""
    name = team.name if team else _("Opened without a team")
    code = str(team.pk) if team else NO_TEAM
    return Area("team", code, f"{name}, {place.name}", place.province, place.commune, place.code)


def find_area(key: str) -> Area:
    """The area of a key such as "province-75". Raises UnknownArea."""
    kind, _dash, code = key.partition("-")
    found: Area | None = None
    if kind == "country" and not code:
        found = country()
    elif kind == "province":
        found = next(map(of_province, Province.objects.filter(pk=code)), None)
    elif kind == "commune":
        found = next(map(of_commune, Commune.objects.filter(pk=code)), None)
    elif kind == "team":
        found = _find_team(*code.split(".", 1))
    if found is None:
        raise UnknownArea(_("There is no such area. Choose one from the list."), key=key)
    return found


def _find_team(code: str, within: str | None = None) -> Area | None:
    place = None
    if within is not None:
        provinces, communes = Province.objects.filter(pk=within), Commune.objects.filter(pk=within)
        place = next(chain(map(of_province, provinces), map(of_commune, communes)), None)
        if place is None:
            return None
    if place and code == NO_TEAM:
        return of_team_within(None, place)
    if not (code.isascii() and code.isdigit() and len(code) <= MAX_TEAM_DIGITS):
        return None
    team = DigitalTeam.objects.select_related("commune").filter(pk=code).first()
    if team is None:
        return None
    return of_team_within(team, place) if place else of_team(team)


def breakdowns_of(area: Area) -> tuple[Breakdown, ...]:
    """Into what the figures of an area can be taken apart, the usual one first."""
    return {
        "country": (Breakdown.PROVINCE,),
        "province": (Breakdown.COMMUNE, Breakdown.TEAM),
        "commune": (Breakdown.TEAM,),
    }.get(area.kind, ())


@dataclass(frozen=True, slots=True)
class AreaPart:
    """A row of a table: what it is called there, its area, and the value that its households have in the breakdown."""

    name: str
    area: Area
    value: str | int | None


def parts_of(area: Area, breakdown: Breakdown, counted: Iterable[Any]) -> list[AreaPart]:
    """The provinces, communes or teams of an area, by name, also those without any figure: one query.

    ``counted`` are the values that have a figure. By team it adds those who opened accounts here and stand elsewhere,
    and last the households that no team opened.
    """
    if breakdown == Breakdown.PROVINCE:
        provinces = map(of_province, Province.objects.order_by(by_name("name")))
        return [AreaPart(part.name, part, part.code) for part in provinces]
    if breakdown == Breakdown.COMMUNE:
        communes = map(of_commune, Commune.objects.filter(province_id=area.province).order_by(by_name("name"), "pk"))
        return [AreaPart(part.name, part, part.code) for part in communes]
    values = set(counted)
    here = Q(commune_id=area.commune) if area.commune else Q(commune__province_id=area.province)
    teams = DigitalTeam.objects.filter(here | Q(pk__in=values - {None})).order_by(by_name("name"), "pk")
    parts = [AreaPart(team.name, of_team_within(team, area), team.pk) for team in teams]
    if None in values:
        parts.append(AreaPart(str(_("Opened without a team")), of_team_within(None, area), None))
    return parts
