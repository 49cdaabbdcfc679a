"""The standing figures of a history counted by hand: plain loops over its rows, word by word from their definition.

It shares nothing with the code that it judges but the units, and is slow.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from core.periods import VIETNAM, parse_period

Row = dict[str, str]
REFORM = datetime(2025, 7, 1, tzinfo=VIETNAM)
ACTS = {"displayed", "searched", "exchanged", "bought", "sold"}


def at(row: Row, name: str = "happened_at") -> datetime:
    return datetime.fromisoformat(row[name])


def figures_by_hand(rows: list[Row], units: Any, asked: dict[str, Any]) -> dict[str, tuple[int, dict[str, int]]]:
    """By code: value and parts. ``asked`` has area, on, period, as_of and by."""
    rows = [dict(row) for row in {tuple(sorted(row.items())) for row in rows}]
    period = parse_period(asked["period"])
    end = min(period.end, asked["as_of"])
    window = min(period.start, end - timedelta(days=90))
    known = [row for row in rows if at(row, "learned_at") <= asked["as_of"]]
    before = sorted((row for row in known if at(row) < end), key=lambda row: (at(row), at(row, "learned_at")))

    def last(kinds: set[str], key: str, value: str) -> Row | None:
        return next((row for row in reversed(before) if row["kind"] in kinds and row[key] == value), None)

    def place(row: Row) -> dict[str, str | None]:
        found = units.places_on(asked["on"])[at(row) < REFORM][row["commune_code"]]
        return {level: getattr(found, level) for level in ("commune", "district", "province")}

    households = {row["household"] for row in before}
    opening = {household: last({"account_opened"}, "household", household) for household in households}
    team = {household: row["team"] if row else "" for household, row in opening.items()}
    is_open = {
        household
        for household in households
        if (row := last({"account_opened", "account_closed"}, "household", household))
        and row["kind"] == "account_opened"
    }
    stands = {household: last({"account_opened", "moved"}, "household", household) for household in is_open}
    undone = {(row["household"], row["ref"]) for row in known if row["kind"] == "sale_undone"}
    sales = [row for row in before if row["kind"] == "sold" and (row["household"], row["ref"]) not in undone]
    active = {row["household"] for row in before if row["kind"] in ACTS and at(row) >= window} & is_open
    strict = {row["household"] for row in sales if at(row) >= window} & is_open
    refs = {row["ref"] for row in before if row["kind"] in ("listed", "unlisted")}
    newest = {ref: last({"listed", "unlisted"}, "ref", ref) for ref in refs}
    on_sale = {ref: row["household"] for ref, row in newest.items() if row and row["kind"] == "listed"}
    on_sale = {ref: household for ref, household in on_sale.items() if household in is_open}
    in_period = [row for row in sales if at(row) >= period.start]
    counted: dict[str, list[tuple[str, int, str, Row]]] = {
        "accounts": [(one, 1, one, stands[one]) for one in is_open],
        "active": [(one, 1, one, stands[one]) for one in active],
        "active_strict": [(one, 1, one, stands[one]) for one in strict],
        "products": [(ref, 1, one, stands[one]) for ref, one in on_sale.items()],
        "sellers": [(one, 1, one, stands[one]) for one in set(on_sale.values())],
        "transactions": [(row["ref"], 1, row["household"], row) for row in in_period],
        "value": [(row["ref"], int(row["value"]), row["household"], row) for row in in_period],
    }
    found = {}
    kind, _colon, code = asked["area"].partition(":")
    for name, items in counted.items():
        groups: dict[str, list[tuple[str, int]]] = defaultdict(list)
        inside = []
        for item, amount, household, row in items:
            where = {**place(row), "team": team[household]}
            wanted = {"P": "province", "D": "district", "C": "commune", "T": "team"}.get(kind)
            if wanted is None or where[wanted] == code:
                inside.append((item, amount))
                if asked["by"]:
                    rest = "none" if asked["by"] == "team" else "in_doubt"
                    groups[where[asked["by"]] or rest].append((item, amount))
        count = _added if name == "value" else _different
        found[name] = (count(inside), {part: count(own) for part, own in groups.items() if count(own)})
    return found


def _different(items: list[tuple[str, int]]) -> int:
    return len({item for item, _amount in items})


def _added(items: list[tuple[str, int]]) -> int:
    return sum(amount for _item, amount in items)
