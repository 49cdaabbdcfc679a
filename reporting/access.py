"""The doors to figures: which areas a person may ask for, and which files they may fetch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.access import is_operator
from accounts.models import User
from households.access import communes_overseen_by, provinces_overseen_by, teams_led_by
from reporting.areas import Area, UnknownArea, find_area


@dataclass(frozen=True, slots=True)
class Reach:
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
    def home(self) -> str:
        """The key of the widest area of this person, shown first."""
        if self.everywhere:
            return "country"
        for kind, codes in (("province", self.provinces), ("commune", self.communes), ("team", self.teams)):
            if codes:
                return f"{kind}-{min(codes)}"
        return ""


def reach_of(user: User, now: datetime) -> Reach:
    """What ``user`` may read now; volunteers who do not lead, households and buyers read no figures."""
    if is_operator(user):
        return Reach(everywhere=True)
    return Reach(
        provinces=frozenset(provinces_overseen_by(user, now).values_list("province_id", flat=True)),
        communes=frozenset(communes_overseen_by(user, now).values_list("commune_id", flat=True)),
        teams=frozenset(map(str, teams_led_by(user, now).values_list("pk", flat=True))),
    )


def area_within(reach: Reach, key: str) -> Area:
    """The area of this key. Raises UnknownArea, also for areas that are not this person's to see."""
    area = find_area(key)
    if not reach.covers(area):
        raise UnknownArea(_("There is no such area. Choose one from the list."), key=key)
    return area
