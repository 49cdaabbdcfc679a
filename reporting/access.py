"""Who may read figures: the areas that a person may ask for, now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.access import is_operator
from accounts.models import User
from households.access import communes_overseen_by, provinces_overseen_by, teams_led_by
from households.models import Commune, DigitalTeam, Province
from reporting.areas import (
    Area,
    Breakdown,
    UnknownArea,
    country,
    find_area,
    of_commune,
    of_province,
    of_team,
    parts_of,
)


@dataclass(frozen=True, slots=True)
class ReadableAreas:
    """Where a person reads figures: everywhere, in provinces, communes, or of the teams they lead. False: nowhere."""

    everywhere: bool = False
    provinces: frozenset[str] = frozenset()
    communes: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return self.is_official or bool(self.teams)

    @property
    def is_official(self) -> bool:
        """By office and not as a volunteer: these people are staff and need their second factor."""
        return bool(self.everywhere or self.provinces or self.communes)

    def covers(self, area: Area) -> bool:
        return (
            self.everywhere
            or area.province in self.provinces
            or area.commune in self.communes
            or (area.kind == "team" and area.code in self.teams)
        )

    @property
    def widest(self) -> str:
        """The key of the widest area of this person, shown first."""
        if self.everywhere:
            return "country"
        for kind, codes in (("province", self.provinces), ("commune", self.communes), ("team", self.teams)):
            if codes:
                return f"{kind}-{min(codes)}"
        return ""


def readable_areas(user: User, now: datetime) -> ReadableAreas:
    """What ``user`` may read now; volunteers who do not lead, households and buyers read no figures."""
    if is_operator(user):
        return ReadableAreas(everywhere=True)
    return ReadableAreas(
        provinces=frozenset(provinces_overseen_by(user, now).values_list("province_id", flat=True)),
        communes=frozenset(communes_overseen_by(user, now).values_list("commune_id", flat=True)),
        teams=frozenset(map(str, teams_led_by(user, now).values_list("pk", flat=True))),
    )


def require_area(areas: ReadableAreas, key: str) -> Area:
    """The area of this key. Raises UnknownArea, also for areas that are not this person's to see."""
    area = find_area(key)
    if not areas.covers(area):
        raise UnknownArea(_("There is no such area. Choose one from the list."), key=key)
    return area


def choosable_areas(areas: ReadableAreas, current: Area) -> list[tuple[str, str]]:
    """Areas for the chooser, as (key, name): the person's own, what lies in them, and the one that is open."""
    found: dict[str, str] = {}
    if areas.everywhere:
        provinces = parts_of(country(), Breakdown.PROVINCE, [])
        found |= {area.key: area.name for area in (country(), *(part.area for part in provinces))}
    for province in Province.objects.filter(pk__in=areas.provinces | ({current.province} - {""})):
        area = of_province(province)
        if areas.covers(area):
            found[area.key] = area.name
            found |= {part.area.key: f"– {part.name}" for part in parts_of(area, Breakdown.COMMUNE, [])}
    found |= {row.key: row.name for row in map(of_commune, Commune.objects.filter(pk__in=areas.communes))}
    teams = DigitalTeam.objects.select_related("commune").filter(pk__in=areas.teams)
    found |= {row.key: row.name for row in map(of_team, teams)}
    return list((found | {current.key: current.name}).items())
