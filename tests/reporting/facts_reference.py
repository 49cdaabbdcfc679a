"""The standing figures of a history, counted by slow loops that follow their definition sentence by sentence.

It shares nothing with the code that it judges: periods, boundaries and heirs are read here once more, from the files.
Rows are those of ``facts.csv``; the definition is docs/indicators.md, "The figures by command".
"""

from __future__ import annotations

import csv
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

Row = dict[str, str]
DATA = Path(__file__).resolve().parents[2] / "households" / "data"
SEVEN_HOURS = timedelta(hours=7)
ACTS = ("displayed", "searched", "exchanged", "bought", "sold")


class RefusedError(Exception):
    """The lines of the file that cannot stand side by side."""


def vietnam(year: int, month: int = 1, day: int = 1) -> datetime:
    """The first moment of a day in Vietnam."""
    return datetime(year, month, day, tzinfo=UTC) - SEVEN_HOURS


REFORM = vietnam(2025, 7, 1)


def period_of(code: str) -> tuple[datetime, datetime]:
    year, _dash, rest = code.partition("-")
    if rest.startswith("W"):
        monday = date.fromisocalendar(int(year), int(rest[1:]), 1)
        start = vietnam(monday.year, monday.month, monday.day)
        return start, start + timedelta(days=7)
    if len(rest) == 5:
        start = vietnam(int(year), int(rest[:2]), int(rest[3:]))
        return start, start + timedelta(days=1)
    months = {"": 12, "H": 6, "Q": 3}.get(rest[:1], 1)
    nth = int(rest.lstrip("HQ")) if rest else 1
    first = (nth - 1) * months + 1
    after = first + months
    return vietnam(int(year), first), vietnam(int(year) + (after > 12), (after - 1) % 12 + 1)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@cache
def table(name: str) -> list[Row]:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@cache
def former_units() -> dict[str, dict[str, str]]:
    """By level the code of each former unit and that of the unit above it."""
    units: dict[str, dict[str, str]] = {"province": {}, "district": {}, "commune": {}}
    for row in table("former_units.csv"):
        units[row["level"]][row["code"]] = row["parent_code"]
    return units


@cache
def communes_of_today() -> dict[str, str]:
    return {row["code"]: row["province_code"] for row in table("communes.csv")}


@cache
def changes() -> tuple[dict[str, Row], dict[tuple[str, ...], set[str]], dict[str, list[Row]]]:
    """The rows by former code, the codes of today by what a former commune was called, and the rows by today's code."""
    by_code, takers, parts = {}, defaultdict(set), defaultdict(list)
    for row in table("commune_changes_2025.csv"):
        if row["old_code"]:
            by_code[row["old_code"]] = row
        takers[row["old_name"], row["old_district"], row["old_province"]].add(row["new_code"])
        parts[row["new_code"]].append(row)
    return by_code, takers, parts


@cache
def districts_by_name() -> dict[tuple[str, str], set[str]]:
    """In which districts the former communes lay whose rows name this district and province."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in table("commune_changes_2025.csv"):
        if row["old_code"] in former_units()["commune"]:
            found[without_marks(row["old_district"]), row["old_province"]].add(
                former_units()["commune"][row["old_code"]]
            )
    return found


@cache
def provinces_of_today() -> dict[str, set[str]]:
    """The province of today of every former province: that of any former commune of it that has an heir."""
    found = defaultdict(set)
    for code, row in changes()[0].items():
        district = former_units()["commune"].get(code)
        if district:
            found[former_units()["district"][district]].add(communes_of_today()[row["new_code"]])
    return found


@cache
def where(code: str, is_former: bool, on_former: bool) -> dict[str, str | None]:
    """The units in which a commune lies on the boundaries of a day before or since the reform; None is in doubt."""
    by_code, takers, parts = changes()
    districts = former_units()["district"]
    if is_former and on_former:
        district = former_units()["commune"][code]
        return {"commune": code, "district": district, "province": districts[district]}
    if not is_former and not on_former:
        return {"commune": code, "district": None, "province": communes_of_today()[code]}
    if is_former:
        row = by_code.get(code)
        if row and len(takers[row["old_name"], row["old_district"], row["old_province"]]) == 1:
            return {"commune": row["new_code"], "district": None, "province": communes_of_today()[row["new_code"]]}
        (province,) = provinces_of_today()[districts[former_units()["commune"][code]]]
        return {"commune": None, "district": None, "province": province}
    old = []
    for row in parts[code]:
        if row["old_code"] in former_units()["commune"]:
            old.append(where(row["old_code"], True, True))
        else:
            province = province_by_name(row["old_province"])
            district = district_called(row["old_district"], province) or the_one(
                list(districts_by_name().get((without_marks(row["old_district"]), row["old_province"]), set()))
            )
            old.append({"commune": None, "district": district, "province": province})
    return {level: the_one([place[level] for place in old]) for level in ("commune", "district", "province")}


@cache
def district_called(name: str, province: str | None) -> str | None:
    titles = {"quan": "Quận", "huyen": "Huyện", "thi-xa": "Thị xã", "thanh-pho": "Thành phố"}
    own = [row for row in table("former_units.csv") if row["level"] == "district" and row["parent_code"] == province]
    called = {without_marks(f"{titles[row['unit_type']]} {row['name']}"): row["code"] for row in own}
    return called.get(without_marks(name))


def without_marks(text: str) -> str:
    """Some write Thuỷ, some Thủy."""
    return "".join(letter for letter in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(letter))


@cache
def province_by_name(name: str) -> str | None:
    found = {
        former_units()["district"][district]
        for (_district, province), codes in districts_by_name().items()
        if province == name
        for district in codes
    }
    return the_one(list(found))


def the_one(codes: list[str | None]) -> str | None:
    return codes[0] if codes and all(code == codes[0] for code in codes) else None


def taken_back_at(row: Row) -> datetime:
    """From when on the row counts no more; never where it does not say."""
    return moment(row["taken_back_at"]) if row.get("taken_back_at") else datetime.max.replace(tzinfo=UTC)


@dataclass
class Account:
    household: str
    team: str
    is_open: bool
    stands: Row


def figures_by_hand(rows: list[Row], asked: dict[str, Any]) -> dict[str, tuple[int, dict[str, int]]]:
    """By code the value and the parts; ``asked`` has area, on, period, as_of and by. Raises RefusedError."""
    rows = without_repeated([{"team": "", "ref": "", "value": ""} | row for row in rows])
    require_an_order(rows)
    starts, ends = period_of(asked["period"])
    ends = min(ends, asked["as_of"])
    window = min(starts, ends - timedelta(hours=24 * 90))
    known = [row for row in rows if moment(row["learned_at"]) <= asked["as_of"] < taken_back_at(row)]
    before = [row for row in known if moment(row["happened_at"]) < ends]

    accounts = {}
    for household in {row["household"] for row in before}:
        own = [row for row in before if row["household"] == household]
        opened = last(own, "account_opened")
        if opened:
            state = last(own, "account_opened", "account_closed")
            stands = last(own, "account_opened", "moved")
            accounts[household] = Account(household, opened["team"], state["kind"] == "account_opened", stands)
    undone = {(row["household"], row["ref"]) for row in known if row["kind"] == "sale_undone"}
    standing = [row for row in before if row["kind"] == "sold" and (row["household"], row["ref"]) not in undone]
    in_period = [row for row in standing if moment(row["happened_at"]) >= starts]
    open_accounts = [account for account in accounts.values() if account.is_open]
    on_sale = {}
    for ref in {row["ref"] for row in before if row["kind"] in ("listed", "unlisted")}:
        newest = last([row for row in before if row["ref"] == ref], "listed", "unlisted")
        owner = accounts.get(newest["household"])
        if newest["kind"] == "listed" and owner and owner.is_open:
            on_sale[ref] = owner

    def acted(account: Account, acts: list[Row]) -> bool:
        return any(row["household"] == account.household and moment(row["happened_at"]) >= window for row in acts)

    acts = [row for row in before if row["kind"] in ACTS]
    of_accounts = {
        "accounts": [(one.household, one) for one in open_accounts],
        "active": [(one.household, one) for one in open_accounts if acted(one, acts)],
        "active_strict": [(one.household, one) for one in open_accounts if acted(one, standing)],
        "products": list(on_sale.items()),
        "sellers": [(one.household, one) for one in on_sale.values()],
    }
    counted = {
        code: [(item, 1, place_of(one.stands, one.team, asked["on"])) for item, one in items]
        for code, items in of_accounts.items()
    }
    sales = [
        (row["ref"], int(row["value"]), place_of(row, accounts[row["household"]].team, asked["on"]))
        if row["household"] in accounts
        else (row["ref"], int(row["value"]), place_of(row, "", asked["on"]))
        for row in in_period
    ]
    counted["transactions"], counted["value"] = sales, sales
    return {code: one_figure(code, items, asked) for code, items in counted.items()}


def without_repeated(rows: list[Row]) -> list[Row]:
    """Each row once; ``line`` is where the file has it first, its heading being line 1."""
    seen, kept = set(), []
    for line, row in enumerate(rows, start=2):
        times = {name: str(moment(row[name])) for name in ("happened_at", "learned_at")}
        same = tuple(sorted((row | times).items()))
        if same not in seen:
            seen.add(same)
            kept.append(row | {"line": str(line)})
    return kept


def require_an_order(rows: list[Row]) -> None:
    """Of two facts of one moment, learned at one moment, none is the last; a listing belongs to who listed it first."""
    clashing = set()
    for kinds, subject in (
        (("account_opened", "account_closed", "moved"), "household"),
        (("listed", "unlisted"), "ref"),
    ):
        found = [row for row in rows if row["kind"] in kinds]
        for row in found:
            for other in found:
                if row is not other and row[subject] == other[subject] and order(row) == order(other):
                    clashing.add(row["line"])
    listings = [row for row in rows if row["kind"] in ("listed", "unlisted")]
    for row in listings:
        listed = [other for other in listings if other["ref"] == row["ref"] and other["kind"] == "listed"]
        if listed and min(listed, key=order)["household"] != row["household"]:
            clashing.add(row["line"])
    if clashing:
        raise RefusedError(*clashing)


def order(row: Row) -> tuple[datetime, datetime]:
    return moment(row["happened_at"]), moment(row["learned_at"])


def last(rows: list[Row], *kinds: str) -> Row | None:
    found = [row for row in rows if row["kind"] in kinds]
    return max(found, key=order) if found else None


def place_of(row: Row, team: str, on: date) -> dict[str, str | None]:
    found = where(row["commune_code"], moment(row["happened_at"]) < REFORM, on < date(2025, 7, 1))
    return {**found, "team": team or None}


def one_figure(
    code: str, items: list[tuple[str, int, dict[str, str | None]]], asked: dict[str, Any]
) -> tuple[int, dict[str, int]]:
    kind, _colon, wanted = asked["area"].partition(":")
    if kind != "country":
        column = {"P": "province", "D": "district", "C": "commune", "T": "team"}[kind]
        items = [item for item in items if item[2][column] == wanted]

    def number(chosen: list[tuple[str, int, dict[str, str | None]]]) -> int:
        return sum(amount for _, amount, _ in chosen) if code == "value" else len({item for item, _, _ in chosen})

    parts = {}
    if asked["by"]:
        rest = "none" if asked["by"] == "team" else "in_doubt"
        for name in {place[asked["by"]] or rest for _, _, place in items}:
            parts[name] = number([item for item in items if (item[2][asked["by"]] or rest) == name])
    return number(items), {name: count for name, count in parts.items() if count}
