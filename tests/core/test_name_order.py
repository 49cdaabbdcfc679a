"""Names stand as in a Vietnamese dictionary, on every database and in every list."""

from __future__ import annotations

import ast
import random
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from core.name_order import VIETNAMESE, by_name, compare, name_key
from households.models import Household
from tests.factories.households import HouseholdFactory

IN_ORDER = [
    "10 Hộ", "2 Hộ", "an", "An", "An Phú", "Anh", "Ăn", "Ân", "Ba", "bà", "bả", "bã", "bá", "bạ", "Bắc Kạn", "Bắc Ninh",
    "ca", "Café", "Cam", "Chè", "Dầu", "dứa", "Dứa", "Dương", "Đà Lạt", "Đắk Lắk", "Đất", "Điện Biên", "E", "Ê",
    "H'Mông", "Hmông", "Oi", "Ôi", "Ơi", "U", "Ư", "Ức", "xoài", "Y", "Z", "甲",
]  # fmt: skip
ROOT = Path(settings.ROOT)
APPS = ("accounts", "catalog", "content", "core", "households", "messaging", "onboarding", "operations", "reporting",
        "search", "shop")  # fmt: skip
NAMES = ("name", "title", "full_name", "village_name", "folded", "folded_name", "label", "said", "means")
"""Columns that people read a list by, and the folded ones that stand for them and put Đ among D."""


def shuffled(names):
    return random.Random(7).sample(names, len(names))


def test_python_sorts_as_the_dictionary_does():
    assert sorted(shuffled(IN_ORDER), key=name_key) == IN_ORDER


@pytest.mark.django_db
def test_the_database_sorts_as_python_does():
    names = shuffled(IN_ORDER)
    rows = " UNION ALL ".join(["SELECT %s AS name"] * len(names))
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT name FROM ({rows}) AS named ORDER BY name COLLATE "{VIETNAMESE}"', names)
        assert [name for (name,) in cursor.fetchall()] == IN_ORDER


def test_composed_and_decomposed_letters_are_one():
    assert compare("Đậu", "Đâ\u0323u") == 0
    assert name_key("ế") == name_key("ê\u0301") == name_key("e\u0302\u0301")


@pytest.mark.django_db
def test_households_stand_in_this_order(cast):
    wanted = ["Hộ An", "Hộ Ân", "Hộ Dương", "Hộ Đà", "Hộ Z"]
    for name in shuffled(wanted):
        HouseholdFactory(name=name)
    made = Household.objects.filter(name__in=wanted)
    assert [household.name for household in made] == wanted
    assert list(made.order_by(by_name("name").desc()).values_list("name", flat=True)) == wanted[::-1]


def sorted_by_a_bare_name(source: str) -> list[int]:
    """The lines on which rows are ordered by the name of such a column, in the database's own order."""
    found = []
    for node in ast.walk(ast.parse(source)):
        asked: list[ast.expr] = []
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "order_by":
            asked = node.args
        elif isinstance(node, ast.Assign) and any(getattr(to, "id", "") == "ordering" for to in node.targets):
            asked = list(getattr(node.value, "elts", []))
        columns = [
            one.value.lstrip("-") for one in asked if isinstance(one, ast.Constant) and isinstance(one.value, str)
        ]
        if any(column.split("__")[-1] in NAMES for column in columns):
            found.append(node.lineno)
    return sorted(found)


def test_the_scan_finds_both_ways_of_ordering():
    assert sorted_by_a_bare_name('rows.order_by("role", "-user__full_name")\nordering = ("title", "pk")') == [1, 2]
    assert sorted_by_a_bare_name('rows.order_by(by_name("title"), "pk")') == []


def test_every_list_that_people_read_by_a_name_stands_in_this_order():
    wrong = {
        f"{path.relative_to(ROOT)}:{line}"
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        if "migrations" not in path.parts
        for line in sorted_by_a_bare_name(path.read_text(encoding="utf-8"))
    }
    assert wrong == set(), "order by core.name_order.by_name"
