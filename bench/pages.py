"""What every page costs on the data that is loaded, as a table; also into docs/scale.md.

    make bench                    measures var/dong-nai, which make demo-full loads
    python -m bench.pages --write reported    puts the table between the marks of that name in docs/scale.md

Exits with 1 when a page needs more queries than promised.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import sys
from pathlib import Path

import django

SCALE = Path(__file__).resolve().parents[1] / "docs" / "scale.md"


def table(costs: list, counts: dict[str, int], database: str) -> str:
    """A Markdown table with what it was measured on; pages that are not there are left out."""
    amounts = ", ".join(f"{number:,} {name}" for name, number in counts.items())
    lines = [
        f"{amounts}; {database}, Python {platform.python_version()}, {os.cpu_count()} cores, one process.",
        "",
        "| page | queries | promised | ms on the clock | ms of work | KB | KB packed |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for cost in costs:
        promised = "" if cost.page.most_queries is None else str(cost.page.most_queries)
        lines.append(
            f"| {cost.page.name} | {cost.queries} | {promised} | {cost.milliseconds:.0f} "
            f"| {cost.busy:.0f} | {cost.size / 1000:.1f} | {cost.packed / 1000:.1f} |"
        )
    return "\n".join(lines)


def put(text: str, mark: str) -> None:
    """Between ``<!-- MARK -->`` and ``<!-- /MARK -->`` of docs/scale.md."""
    page = SCALE.read_text(encoding="utf-8")
    between = re.compile(rf"(<!-- {mark} -->\n).*?(<!-- /{mark} -->)", re.DOTALL)
    if not between.search(page):
        raise SystemExit(f"docs/scale.md has no <!-- {mark} --> … <!-- /{mark} -->")
    SCALE.write_text(between.sub(lambda found: f"{found[1]}{text}\n{found[2]}", page), encoding="utf-8")


def main() -> int:
    arguments = argparse.ArgumentParser(description="What every page costs.")
    arguments.add_argument("--repeat", type=int, default=7)
    arguments.add_argument("--write", metavar="MARK", help="put the table between these marks in docs/scale.md")
    asked = arguments.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.development")
    django.setup()
    from django.conf import settings
    from django.db import connection

    from bench.addresses import loaded, pages
    from bench.measuring import measure

    settings.DEBUG = False
    costs = [measure(page, asked.repeat) for page in pages()]
    there = [cost for cost in costs if cost.status == 200]
    text = table(there, loaded(), connection.vendor)
    print(text)
    for cost in costs:
        if cost.status != 200:
            print(f"left out, answered {cost.status}: {cost.page.name} {cost.page.path}", file=sys.stderr)
    if asked.write:
        put(text, asked.write)
    broken = [cost.page.name for cost in there if not cost.is_kept]
    if broken:
        print(f"more queries than promised: {', '.join(broken)}", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
