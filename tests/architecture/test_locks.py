"""Rows are locked in core.locks alone, and in transactions that run again when the database asks for it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.source import trees

DOOR = "core/locks.py"
NOT_REPEATED = {
    "catalog/certificates/services.py": "a file is written, which no rollback takes back",
    "catalog/photos/services.py": "a file is written, which no rollback takes back",
    "households/services/registration.py": "the rows are new, so nobody else holds them",
    "messaging/delivery.py": "a claim must be committed before the sending, and the next drain claims the rest",
    "reporting/files.py": "a file is written, which no rollback takes back",
}
SERVING = {name: tree for name, tree in trees().items() if not name.startswith(("tests/", "bench/"))}


def uses_of(attribute: str, tree: ast.AST) -> Iterator[int]:
    return (node.lineno for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == attribute)


def imports_of(module: str, tree: ast.AST) -> bool:
    return any(isinstance(node, ast.ImportFrom) and node.module == module for node in ast.walk(tree))


def test_only_the_door_locks_rows():
    places = [f"{name}:{line}" for name, tree in SERVING.items() for line in uses_of("select_for_update", tree)]
    assert [place for place in places if not place.startswith(DOOR)] == []
    assert len(places) == 1


def test_a_module_that_locks_runs_again_when_the_database_asks_for_it():
    plain = {name for name, tree in SERVING.items() if imports_of("core.locks", tree) and any(uses_of("atomic", tree))}
    assert plain == {"core/transactions.py", *NOT_REPEATED}


@pytest.mark.parametrize("text", ["rows.select_for_update()", "T.objects.filter(a=1).select_for_update(no_key=True)"])
def test_a_lock_is_seen_wherever_it_stands(text):
    assert list(uses_of("select_for_update", ast.parse(text))) == [1]
