"""The house's budgets: file and function sizes, counted over the tracked Python outside migrations."""

from __future__ import annotations

import ast
import statistics
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILE_BUDGET = {"median": 70, "p90": 220, "max": 400}
FUNCTION_BUDGET = {"median": 8, "p90": 25, "max": 60}


@cache
def tracked_python() -> dict[str, str]:
    listed = subprocess.run(["git", "ls-files", "-z", "*.py"], cwd=ROOT, capture_output=True, check=True, text=True)
    names = [name for name in listed.stdout.split("\0") if name and "/migrations/" not in name]
    return {name: (ROOT / name).read_text(encoding="utf-8") for name in names if (ROOT / name).is_file()}


def functions(text: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def spread(sizes: list[int]) -> dict[str, float]:
    ordered = sorted(sizes)
    return {"median": statistics.median(ordered), "p90": ordered[int(0.9 * (len(ordered) - 1))], "max": ordered[-1]}


@pytest.mark.parametrize("figure", FILE_BUDGET)
def test_files_keep_their_budget(figure):
    sizes = [text.count("\n") for text in tracked_python().values() if text]
    assert spread(sizes)[figure] <= FILE_BUDGET[figure]


@pytest.mark.parametrize("figure", FUNCTION_BUDGET)
def test_functions_keep_their_budget(figure):
    sizes = [(node.end_lineno or 0) - node.lineno + 1 for text in tracked_python().values() for node in functions(text)]
    assert spread(sizes)[figure] <= FUNCTION_BUDGET[figure]


def test_no_test_goes_without_a_claim():
    """A test function must assert, expect a raise, or call a helper whose name says that it checks."""
    words = ("assert", "raises", "check", "expect", "verify", "warns")
    silent = [
        f"{name}:{node.lineno}"
        for name, text in tracked_python().items()
        if name.startswith("tests/")
        for node in functions(text)
        if node.name.startswith("test") and not any(word in ast.unparse(node) for word in words)
    ]
    assert silent == []
