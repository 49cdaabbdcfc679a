"""What once broke the site, at the size at which it was found, as one table: ``make bench-loads``.

The tests marked ``as_found`` run with AS_FOUND=1 (tests/sizes.py) on the database that DATABASE_URL names, and every
other race beside them. The table in docs/testing.md is what this prints.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import pytest

RACES = (
    "tests/accounts/competing",
    "tests/core/competing",
    "tests/onboarding/competing",
    "tests/shop/competing",
    "tests/catalog/photos/test_reading.py",
)


class Outcomes:
    """A plugin of pytest that keeps how each test ended, and how long what it is about took."""

    def __init__(self) -> None:
        self.sizes: dict[str, str] = {}
        self.ended: dict[str, tuple[str, float]] = {}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            if mark := item.get_closest_marker("as_found"):
                self.sizes[item.nodeid] = mark.args[0]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.outcome != "passed":
            self.ended[report.nodeid] = (report.outcome, report.duration)

    def table(self) -> str:
        rows = [
            f"| {self.sizes[name]} | `{name.partition('[')[0]}` | {outcome}, {seconds:.1f} s |"
            for name, (outcome, seconds) in self.ended.items()
            if name in self.sizes
        ]
        return "\n".join(["| at once | test | outcome |", "| --- | --- | --- |", *rows])

    def rest(self) -> str:
        others = [outcome for name, (outcome, _seconds) in self.ended.items() if name not in self.sizes]
        return f"{others.count('passed')} further races passed, {len(others) - others.count('passed')} did not."


def main() -> int:
    os.environ["AS_FOUND"] = "1"  # read when the tests are collected
    outcomes = Outcomes()
    plugins: list[Any] = [outcomes]
    ended = pytest.main(["-q", "-n", "0", "-p", "no:randomly", "--create-db", *sys.argv[1:], *RACES], plugins=plugins)
    from django.db import connection

    print(f"\n{connection.vendor}, {os.cpu_count()} cores\n\n{outcomes.table()}\n\n{outcomes.rest()}")
    return int(ended)


if __name__ == "__main__":
    sys.exit(main())
