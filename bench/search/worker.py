"""One engine at one size, in a process of its own; started by ``python -m bench.search``."""

from __future__ import annotations

import argparse
import json
import os
import time
import warnings
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.test")
os.environ.pop("DATABASE_URL", None)  # the rows lie in a file of the run's own

import django

django.setup()

from django.conf import settings  # noqa: E402

from bench.search.engine import Engine  # noqa: E402
from bench.search.ours import Elasticsearch, Tantivy  # noqa: E402
from bench.search.peers import Haystack, StockOscar  # noqa: E402
from bench.search.rows import write_rows  # noqa: E402
from bench.search.steps import Limits, measure  # noqa: E402
from marketplace.settings.databases import sqlite  # noqa: E402


def main() -> None:
    arguments = _arguments()
    warnings.filterwarnings("ignore", message="Whoosh does not handle query faceting")
    settings.DATABASES["default"].update(sqlite(arguments.database))
    if arguments.engine == "rows":
        begun = time.perf_counter()
        write_rows(arguments.size)
        _write(arguments, {"engine": "rows", "seconds": round(time.perf_counter() - begun, 1)})
    else:
        limits = Limits(arguments.patience, arguments.bound, arguments.seconds, arguments.changes)
        for figures in measure(_engine(arguments), arguments.size, limits):
            _write(arguments, figures)


def _write(arguments: argparse.Namespace, figures: dict[str, Any]) -> None:
    with Path(arguments.figures).open("a") as file:
        file.write(json.dumps(figures, ensure_ascii=False) + "\n")


def _engine(arguments: argparse.Namespace) -> Engine:
    folder = Path(arguments.folder)
    match arguments.engine:
        case "tantivy":
            return Tantivy(folder)
        case "elasticsearch":
            return Elasticsearch(arguments.url)
        case "haystack":
            return Haystack(folder)
        case _:
            return StockOscar()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engine")
    parser.add_argument("size", type=int)
    parser.add_argument("database")
    parser.add_argument("figures")
    for name in ("--url", "--folder"):
        parser.add_argument(name)
    for name in ("--patience", "--bound", "--seconds"):
        parser.add_argument(name, type=float)
    parser.add_argument("--changes", type=int)
    return parser.parse_args()


if __name__ == "__main__":
    main()
