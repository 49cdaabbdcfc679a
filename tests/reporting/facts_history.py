"""Histories for the tests of facts: rows as people write them, and the command that counts them."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from django.core.management import call_command

from core.periods import VIETNAM
from reporting.facts.history import COLUMNS, TAKEN_BACK

FORMER, TODAY = date(2022, 5, 1), date(2026, 10, 14)
LATER = datetime(2027, 1, 1, tzinfo=VIETNAM)
# Of the former Đồng Nai (75), district Biên Hòa (731): a ward with one heir, and one that was divided. A commune of the
# former Bình Phước (70), which Đồng Nai took in, and a ward of Hà Nội whose code ended before the reform.
WARD, HEIR, DIVIDED, BINH_PHUOC, ENDED = "25999", "26020", "25996", "25195", "00010"
# Of today's Đồng Nai: all of one former commune (26374), several of Biên Hòa, and parts of two former districts.
WHOLE, OF_BIEN_HOA, OF_TWO_DISTRICTS, ISLAND = "26374", "26017", "25993", "21548"


def write(folder: Path, rows: list[dict[str, str]]) -> Path:
    with (folder / "facts.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, (*COLUMNS, TAKEN_BACK), restval="")
        writer.writeheader()
        writer.writerows(rows)
    return folder


def fact(kind: str, at: str, household: str = "H1", commune: str = WARD, **more: str) -> dict[str, str]:
    """A row; ``at`` is a day or a moment without an offset, in Vietnam, and learned at once."""
    moment = f"{at}T08:00:00+07:00" if len(at) == 10 else at
    row = {"household": household, "kind": kind, "happened_at": moment, "learned_at": moment, "commune_code": commune}
    return row | more


LIFE = [fact("account_opened", "2022-01-05", team="Tổ 1"), fact("listed", "2022-01-06", ref="L1")]
SOLD = fact("sold", "2022-03-01", ref="O1", value="125000", quantity="2", team="Tổ 2")
UNDONE = fact("sale_undone", "2024-01-01", ref="O1")
ALL = {"accounts": 1, "active": 1, "active_strict": 1, "products": 1, "sellers": 1, "transactions": 1, "value": 125000}

# By what is wrong: rows that cannot be a history, and what is said of them.
BAD_ROWS = {
    "no offset": ([fact("searched", "2022-01-01T08:00:00")], "line 2.*no offset"),
    "no moment": ([fact("searched", "yesterday..")], "line 2.*no moment"),
    "learned without an offset": ([SOLD, {**SOLD, "learned_at": "2022-03-01"}], "line 3.*no offset"),
    "kind": ([fact("wished", "2022-01-01")], "line 2.*'wished'"),
    "no commune": ([fact("searched", "2022-01-01", commune="")], "line 2.*no commune ''"),
    "commune of today too early": ([fact("searched", "2025-06-30T16:59:59Z", commune=ISLAND)], "line 2.*before 1 July"),
    "former commune too late": ([fact("searched", "2025-06-30T17:00:00Z", commune=ENDED)], "line 2.*since 1 July"),
    "value": ([{**SOLD, "value": "a lot"}], "line 2.*'a lot'"),
    "negative": ([{**SOLD, "value": "-1"}], "line 2.*'-1'"),
    "grouped": ([{**SOLD, "value": "125_000"}], "line 2.*'125_000'"),
    "endlessly small": ([{**SOLD, "quantity": "1e-99999999"}], "line 2.*'1e-99999999'"),
    "no T": ([fact("searched", "2022-01-01x08:00:00Z")], "line 2.*no moment"),
    "half a dong": ([{**SOLD, "value": "0.5"}], "line 2.*whole number of dong"),
    "endless": ([{**SOLD, "quantity": "NaN"}], "line 2.*'NaN'"),
    "sale without value": ([{**SOLD, "value": ""}], "line 2.*needs a value"),
    "sale without ref": ([{**SOLD, "ref": ""}], "line 2.*needs a ref"),
    "NUL": ([{**SOLD, "team": "T\0"}], "line 2.*NUL"),
    "nobody": ([{**SOLD, "household": ""}], "line 2.*household is empty"),
    "neither is the last": ([*LIFE, fact("account_closed", "2022-01-05")], "Lines 2 and 4"),
    "neither listing is the last": ([*LIFE, fact("unlisted", "2022-01-06", ref="L1")], "Lines 3 and 4"),
    "listing of another": ([*LIFE, fact("unlisted", "2022-02-01", "H2", ref="L1")], "Line 4.*'L1'.*'H1'"),
    "listing of a later one": ([fact("listed", "2022-01-07", "H2", ref="L1"), *LIFE], "Line 2.*'L1'.*'H1'"),
}


def run(folder: Path, **asked: object) -> dict[str, tuple[int, dict[str, int]]]:
    """By code the value and the parts; ``asked`` are the options of the command."""
    out = folder / "out.json"
    given = {"area": "country", "period": "2022", "as_of": LATER, "on": FORMER, "facts": folder, "json": out} | asked
    options = []
    for name, value in given.items():
        for one in value if isinstance(value, list) else [value]:
            if one is not None:
                shown = one.isoformat() if isinstance(one, date) else str(one)
                options += [f"--{name.replace('_', '-')}", shown]
    call_command("figures", *options)
    figures = json.loads(out.read_text(encoding="utf-8"))["figures"]
    assert {(row["area"], row["period"], row["version"]) for row in figures} == {(given["area"], given["period"], 1)}
    return {row["code"]: (row["value"], row["parts"]) for row in figures}


def values(figures: dict[str, tuple[int, dict[str, int]]]) -> dict[str, int]:
    return {code: value for code, (value, _parts) in figures.items() if value}


ORDERED = ("account_opened", "account_closed", "moved", "listed", "unlisted")
OTHERS = ("displayed", "searched", "bought", "trained", "ordered")


def a_history(random: Random, households: int = 14) -> list[dict[str, str]]:
    """Rows of 2022 to 2026 that break no rule: facts of one moment, late ones, undone, repeated, of both boundaries."""
    rows, taken = [], set()

    def add(household: str, kind: str, **more: str) -> None:
        row = a_fact(random, household, kind) | more
        key = (more.get("ref", household), row["happened_at"], row["learned_at"])
        # Of two that would leave it open which is the last, the second does not happen.
        if kind not in ORDERED or key not in taken:
            rows.append(row)
            taken.add(key)

    for number in range(households):
        name = f"H{number}"
        for kind in (*ORDERED[:3], *OTHERS) if number else ():
            for _time in range(random.randrange(3)):
                add(name, kind)
        for listing in range(random.randrange(4)):
            for kind in random.choices(ORDERED[3:], k=random.randrange(1, 4)):
                add(name, kind, ref=f"{name}-L{listing}")
        for _sale in range(random.randrange(6)):
            order = f"O{random.randrange(20)}"
            add(name, "sold", ref=order, value=str(random.randrange(1, 900) * 1000), quantity="1.5")
            if random.random() < 0.3:
                undone = a_fact(random, name, "sale_undone")
                hours = timedelta(hours=random.choice([0, 1, 24 * 300]))
                back = datetime.fromisoformat(undone["learned_at"]) + hours
                undone |= {"ref": order, TAKEN_BACK: back.isoformat() if random.random() < 0.5 else ""}
                rows.append(undone)
    return rows + random.sample(rows, 5)


def a_fact(random: Random, household: str, kind: str) -> dict[str, str]:
    happened = datetime(2022, 1, 1, tzinfo=VIETNAM) + timedelta(hours=random.randrange(0, 24 * 365 * 5, 12))
    learned = happened + timedelta(hours=random.choice([0, 0, 0, 1, 24 * 40, 24 * 400]))
    is_former = happened.date() < date(2025, 7, 1)
    return {
        "household": household,
        "kind": kind,
        "happened_at": happened.isoformat(),
        "learned_at": learned.isoformat(),
        "commune_code": random.choice(
            [WARD, DIVIDED, BINH_PHUOC, ENDED] if is_former else [HEIR, WHOLE, OF_BIEN_HOA, OF_TWO_DISTRICTS, ISLAND]
        ),
        "team": random.choice(["", "Tổ 1", "Tổ 2"]),
    }
