"""Areas that figures are asked for: the country, a province, a commune, or the households a team opened."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from households.models import Commune, DigitalTeam, Province


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
    """``kind`` is country, province, commune or team; ``province`` and ``commune`` say where it lies."""

    kind: str
    code: str
    name: str
    province: str = ""
    commune: str = ""

    @property
    def key(self) -> str:
        """How it is written in an address: "country", "province-75", "commune-25993", "team-12"."""
        return f"{self.kind}-{self.code}" if self.code else self.kind

    def households(self, path: str = "") -> Q:
        """Which households the area has; ``path`` leads to the household from the model that is asked."""
        ways = {"province": Breakdown.PROVINCE, "commune": Breakdown.COMMUNE, "team": Breakdown.TEAM}
        return Q(**{path + ways[self.kind]: self.code}) if self.code else Q()


def country() -> Area:
    return Area("country", "", str(_("Viet Nam")))


def of_province(province: Province) -> Area:
    return Area("province", province.code, f"{province.get_kind_display().capitalize()} {province}", province.code)


def of_commune(commune: Commune) -> Area:
    name = f"{commune.get_kind_display().capitalize()} {commune}"
    return Area("commune", commune.code, name, commune.province_id, commune.code)


def of_team(team: DigitalTeam) -> Area:
    """``team`` with its commune read."""
    return Area("team", str(team.pk), team.name, team.commune.province_id, team.commune_id)


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
    elif kind == "team" and code.isascii() and code.isdigit() and len(code) < 16:
        found = next(map(of_team, DigitalTeam.objects.select_related("commune").filter(pk=code)), None)
    if found is None:
        raise UnknownArea(_("There is no such area. Choose one from the list."), key=key)
    return found


def breakdowns_of(area: Area) -> tuple[Breakdown, ...]:
    """Into what the figures of an area can be taken apart, the usual one first."""
    return {
        "country": (Breakdown.PROVINCE,),
        "province": (Breakdown.COMMUNE, Breakdown.TEAM),
        "commune": (Breakdown.TEAM,),
    }.get(area.kind, ())


def parts_of(area: Area, breakdown: Breakdown) -> list[Area]:
    """The provinces, communes or teams of an area, by name, also those without any figure: one query."""
    if breakdown == Breakdown.PROVINCE:
        return [of_province(province) for province in Province.objects.order_by("name")]
    if breakdown == Breakdown.COMMUNE:
        return [of_commune(row) for row in Commune.objects.filter(province_id=area.province).order_by("folded", "pk")]
    teams = DigitalTeam.objects.select_related("commune").filter(commune__province_id=area.province)
    if area.commune:
        teams = teams.filter(commune_id=area.commune)
    return [of_team(team) for team in teams.order_by("name", "pk")]
