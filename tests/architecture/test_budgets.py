"""The house's budgets: how long files and functions may be, outside migrations."""

from __future__ import annotations

import pytest

from tests.architecture.source import functions, python_files, trees

FILE_BUDGET = {"p90": 220, "max": 400}
FUNCTION_BUDGET = {"p90": 30, "max": 60}


def spread(sizes: list[int]) -> dict[str, int]:
    """The size that nine tenths stay within, and the largest."""
    ordered = sorted(sizes)
    return {"p90": ordered[int(0.9 * (len(ordered) - 1))], "max": ordered[-1]}


def test_spread_takes_the_nearest_size_below_nine_tenths():
    assert spread([*range(1, 11), 400]) == {"p90": 10, "max": 400}


@pytest.mark.parametrize("figure", FILE_BUDGET)
def test_files_keep_their_budget(figure):
    sizes = [text.count("\n") for text in python_files().values() if text]
    assert spread(sizes)[figure] <= FILE_BUDGET[figure]


@pytest.mark.parametrize("figure", FUNCTION_BUDGET)
def test_functions_keep_their_budget(figure):
    sizes = [(node.end_lineno or 0) - node.lineno + 1 for tree in trees().values() for node in functions(tree)]
    assert spread(sizes)[figure] <= FUNCTION_BUDGET[figure]
