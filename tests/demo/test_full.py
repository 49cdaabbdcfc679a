"""Đồng Nai as reported: a hundredth of it, counted by the report, gives a hundredth of the reported figures."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.db.models import F

from catalog.categories import load_categories
from core.periods import VIETNAM, parse_period
from demo.full import loading
from demo.full.loading import NotItsOwnDatabase, load_full
from demo.full.plan import communes, make_plan
from demo.full.teams import write_team
from demo.full.totals import Totals, share_out
from households.access import valid_mandates
from households.models import Act, DigitalTeam, Household, Province, TeamMember
from households.places.loading import DATA
from households.services import load_places
from reporting.areas import Breakdown, of_province
from reporting.frames import Frame
from reporting.indicators import indicators_on
from reporting.selectors import figure_table
from shop.order.models import HouseholdOrder
from tests.factories.households import HouseholdFactory

HUNDREDTH = Totals().scaled(100)
NOW = datetime(2026, 11, 21, tzinfo=VIETNAM)


@pytest.fixture
def ground(db, tmp_path):
    """The places of the one province, from the project's own files: a tenth of the time of all of them."""
    wanted = {"provinces": "code", "province_details": "code", "communes": "province_code"}
    for name, column in wanted.items():
        keep(name, tmp_path, lambda row, column=column: row[column] == "75")
    codes = {row["code"] for row in rows_of(tmp_path / "communes.csv")}
    keep("commune_changes_2025", tmp_path, lambda row: row["new_code"] in codes)
    load_places(report=lambda line: None, folder=tmp_path)
    load_categories()


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def keep(name: str, folder: Path, is_wanted: Callable[[dict[str, str]], bool]) -> None:
    rows = rows_of(DATA / f"{name}.csv")
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(filter(is_wanted, rows))


def load(totals: Totals = HUNDREDTH) -> None:
    load_full(totals=totals, report=lambda line: None, now=NOW)


def figures(year: str) -> dict[str, int]:
    frame = Frame(of_province(Province.objects.get(pk="75")), parse_period(year), NOW, 90)
    table = figure_table(frame, indicators_on(frame.last_day), Breakdown.COMMUNE)
    return {row.code: number for row, number in zip(table.indicators, table.total, strict=True)}


def test_report_of_2022_counts_what_was_reported(ground):
    load()
    counted = figures("2022")
    assert (counted["accounts"], counted["active"], counted["products"]) == (1_258, 763, 11)
    assert (counted["transactions"], counted["sellers"]) == (140, 10)
    assert 100_000 < counted["value"] / counted["transactions"] < 350_000
    assert (DigitalTeam.objects.count(), TeamMember.objects.count()) == (10, 64)
    assert TeamMember.objects.filter(role=TeamMember.Role.LEADER).count() == 10
    assert figures("2021")["active"] > 0
    # Only what the product records by itself, and nothing without its cause.
    assert set(Act.objects.values_list("kind", flat=True)) == {"search", "display", "exchange", "sale"}
    searches = Act.objects.filter(kind="search")
    assert searches.count() == searches.filter(household__members__user=F("actor")).count()
    answered = HouseholdOrder.objects.filter(events__state__in=("accepted", "declined")).distinct().count()
    assert Act.objects.filter(kind="exchange").count() == answered
    assert not Household.objects.filter(onboarding_cases__outcome="finished").count() - counted["accounts"]
    assert valid_mandates(NOW).count() == counted["accounts"]
    assert figures("2023")["transactions"] == 0


def test_interrupted_and_repeated_it_ends_the_same(ground, monkeypatch):
    written = []

    def stop_at_the_fifth(plan, now):
        written.append(plan)
        if len(written) == 5:
            raise KeyboardInterrupt
        write_team(plan, now)

    monkeypatch.setattr(loading, "write_team", stop_at_the_fifth)
    with pytest.raises(KeyboardInterrupt):
        load()
    assert DigitalTeam.objects.count() == 4
    monkeypatch.undo()
    load()
    first = figures("2022")
    load()
    assert figures("2022") == first
    assert (first["accounts"], first["active"], first["transactions"]) == (1_258, 763, 140)


def test_households_stand_only_on_ground_of_the_former_province(ground):
    places = communes()
    assert 40 < len(places) < 95
    assert "Đồng Xoài" not in {commune.name for commune in places}


def test_database_of_others_is_refused(ground):
    HouseholdFactory()
    with pytest.raises(NotItsOwnDatabase, match="make demo-full"):
        load()
    assert not DigitalTeam.objects.exists()


@pytest.mark.parametrize("scale", [1, 7, 100])
def test_shares_of_the_plan_add_up_to_the_totals(ground, scale):
    totals = Totals().scaled(scale)
    plans = make_plan(totals, communes())
    for name in ("members", "households", "active", "products"):
        assert sum(getattr(plan, name) for plan in plans) == getattr(totals, name)
    assert len({(plan.name, plan.commune.pk) for plan in plans}) == totals.teams
    assert all(plan.active <= plan.households and plan.members >= 1 for plan in plans)
    assert all(plan.products <= 2 * plan.active for plan in plans)


def test_sharing_out_loses_nothing():
    assert share_out(10, [1, 1, 1]) == [4, 3, 3]
    assert share_out(7, [5, 1], least=2) == [5, 2]
    with pytest.raises(ValueError, match="cannot give 3"):
        share_out(5, [1, 1], least=3)
