"""docs/asvs.md answers every requirement of levels 1 and 2, and names tests that exist."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

import pytest

from tests.architecture.source import ROOT, functions, trees

STATES = ("met", "partly", "not met", "does not apply")
ROW = re.compile(r"^\| (V\d+\.\d+\.\d+) \| (\d) \| (.+?) \| ([a-z ]+) \| (.+?) \|(.*)\|$", re.MULTILINE)
CLAIM = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def asked() -> dict[str, str]:
    """The level of each requirement, by its number."""
    lines = (ROOT / "docs/asvs-5.0.csv").read_text(encoding="utf-8").splitlines()
    return {row["number"]: row["level"] for row in csv.DictReader(line for line in lines if not line.startswith("#"))}


def rows() -> list[tuple[str, ...]]:
    return ROW.findall((ROOT / "docs/asvs.md").read_text(encoding="utf-8"))


def named_tests(text: str) -> Iterator[tuple[str, str]]:
    return iter(CLAIM.findall(text))


def test_every_requirement_of_levels_one_and_two_has_its_line():
    wanted = {(number, level) for number, level in asked().items() if level in "12"}
    answered = [(row[0], row[1]) for row in rows()]
    assert len(wanted) == 110
    assert sorted(answered) == sorted(wanted)


def test_every_line_says_whether_it_is_met():
    assert not [row[0] for row in rows() if row[3] not in STATES]


def test_what_is_met_names_a_test_or_the_document_that_was_asked_for():
    unproven = [row[0] for row in rows() if row[3] == "met" and not CLAIM.search(row[5]) and "docs/" not in row[5]]
    assert not unproven


@pytest.mark.parametrize("document", ["docs/asvs.md", "docs/threats.md"])
def test_every_test_named_exists(document):
    known = {(path, function.name) for path, tree in trees().items() for function in functions(tree)}
    named = set(named_tests((ROOT / document).read_text(encoding="utf-8")))
    assert not named - known


def test_a_test_that_is_not_there_is_noticed():
    made_up = "`tests/core/test_text.py::" + "test_of_nothing`"
    assert list(named_tests(made_up)) == [("tests/core/test_text.py", "test_of_nothing")]
