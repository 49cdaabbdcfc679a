"""Who is made where: one plan for each team, the same every time."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from demo.full.totals import FORMER_PROVINCE, PROVINCE, SEED, Totals, share_out
from households.models import Commune


@dataclass(frozen=True, slots=True)
class TeamPlan:
    """``first`` is the running number of the team's first household in the province."""

    number: int
    commune: Commune
    village_name: str
    members: int
    households: int
    active: int
    products: int
    first: int

    @property
    def name(self) -> str:
        return f"Tổ công nghệ số cộng đồng {self.village_name}, {self.commune.name}"

    def chance(self) -> random.Random:
        """The team's own dice: what one team is does not depend on which were made before."""
        return random.Random(f"{SEED}/{self.number}")


def communes() -> list[Commune]:
    """Today's communes of the province that hold ground of the former Đồng Nai; figures of 2022 belong there only."""
    found = Commune.objects.filter(
        province_id=PROVINCE, former_units__former_province_name=FORMER_PROVINCE, valid_until=None
    )
    return list(found.distinct().order_by("code"))


def make_plan(totals: Totals, places: Sequence[Commune]) -> list[TeamPlan]:
    """All teams; their shares add up to the totals exactly."""
    chance = random.Random(SEED)
    sizes = [chance.uniform(0.5, 1.5) for _place in places]
    per_commune = share_out(totals.teams, sizes)
    grounds = [
        (commune, f"{'Ấp' if commune.kind == Commune.Kind.COMMUNE else 'Khu phố'} {number}")
        for commune, teams in zip(places, per_commune, strict=True)
        for number in range(1, teams + 1)
    ]
    shares = [_shares(total, totals.teams, chance) for total in (totals.households, totals.active, totals.products)]
    households, active, products = shares
    active = _within(active, households)
    members = share_out(totals.members, [chance.uniform(0.8, 1.2) for _team in grounds], least=1)
    plans, first = [], 0
    for number, (commune, village) in enumerate(grounds):
        share = (members[number], households[number], active[number], products[number])
        plans.append(TeamPlan(number, commune, village, *share, first))
        first += households[number]
    return plans


def _shares(total: int, teams: int, chance: random.Random) -> list[int]:
    return share_out(total, [chance.uniform(0.7, 1.3) for _team in range(teams)])


def _within(active: list[int], households: list[int]) -> list[int]:
    """Active accounts moved from teams that have fewer households than that to teams with room."""
    kept = [min(pair) for pair in zip(active, households, strict=True)]
    missing = sum(active) - sum(kept)
    for place, room in enumerate(household - share for household, share in zip(households, kept, strict=True)):
        moved = min(room, missing)
        kept[place] += moved
        missing -= moved
    return kept
