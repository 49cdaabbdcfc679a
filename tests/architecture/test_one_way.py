"""What the floor answers is written nowhere else: a second way would answer differently one day."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = (
    *("accounts", "catalog", "content", "core", "demo", "households", "marketplace", "messaging", "onboarding"),
    *("reporting", "search", "shop"),
)
#: What is asked, the door that answers, how a second way is recognised, and where it may stand all the same.
ONE_WAY = {
    "the page of a list": ("core.paging.page_of", r"\bPaginator\(|\bpaginate_by\b", {"search/pages/results.py"}),
    "the day in Vietnam": (
        "core.periods.vietnam_date",
        r"localdate\(|date\.today\(|\.now\(\)\.date\(|astimezone\([^()]*\)\.(date|month|year|day|strftime|toordinal)",
        set(),
    ),
    "where private files lie": ("core.private_files.private_files", r"""storages\[["']private""", set()),
    "the number that digits say": (
        "core.numbers.whole_number",
        r"\.is(digit|decimal|numeric)\(",
        {  # which ask what kind of word it is, or check what the settings say
            *("core/env.py", "core/money.py", "marketplace/middleware.py", "households/places/names.py"),
            *("accounts/one_time_codes.py", "reporting/areas.py", "search/language/analysis.py"),
            *("search/language/facts.py", "search/language/places.py", "search/language/repair.py"),
            "search/language/telex.py",
        },
    ),
    "work in the background": ("core.work.enqueue", r"\.delay\(|\.apply_async\(|send_task\(", set()),
}


@pytest.mark.parametrize("asked", ONE_WAY)
def test_only_its_door_answers(asked):
    door, second_way, allowed = ONE_WAY[asked]
    its_own = door.rpartition(".")[0].replace(".", "/") + ".py"
    found = [
        f"{name}:{number}"
        for path in sorted(path for app in APPS for path in (ROOT / app).rglob("*.py"))
        if (name := str(path.relative_to(ROOT))) not in {its_own, *allowed} and "/migrations/" not in name
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(second_way, line)
    ]
    assert not found, f"Ask {door}: {', '.join(found)}"
