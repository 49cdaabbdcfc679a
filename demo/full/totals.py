"""What was reported of Đồng Nai for 2022, and how a total is shared out without losing one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

from core.periods import VIETNAM

SEED = "dong-nai-2022"
PROVINCE = "75"
FORMER_PROVINCE = "Tỉnh Đồng Nai"
YEAR = (datetime(2022, 1, 1, tzinfo=VIETNAM), datetime(2023, 1, 1, tzinfo=VIETNAM))


@dataclass(frozen=True, slots=True)
class Totals:
    """The first five were reported; ``transactions`` was not.

    It is the country's ratio of the time, some 0.18 transactions in a year for each active account, at about 220,000
    dong each.
    """

    teams: int = 1_000
    members: int = 6_400
    households: int = 125_800
    active: int = 76_300
    products: int = 1_100
    transactions: int = 14_000

    def scaled(self, parts: int) -> Totals:
        """One of so many equal parts, for a quick look."""
        return replace(self, **{field.name: getattr(self, field.name) // parts for field in fields(self)})


def share_out(total: int, weights: Sequence[float], least: int = 0) -> list[int]:
    """``total`` split by weight into whole numbers that sum to it exactly, each at least ``least``."""
    spare = total - least * len(weights)
    if spare < 0:
        raise ValueError(f"{total} cannot give {least} to each of {len(weights)}")
    exact = [spare * weight / sum(weights) for weight in weights]
    shares = [int(part) for part in exact]
    by_remainder = sorted(range(len(weights)), key=lambda place: shares[place] - exact[place])
    for place in by_remainder[: spare - sum(shares)]:
        shares[place] += 1
    return [least + share for share in shares]
