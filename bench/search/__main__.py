"""Measure searching: `python -m bench.search --sizes 10000 100000 --engines tantivy stock haystack --out FILE.json`.

For each size one database of listings is made, then each engine is filled with them and asked, in a process of its own,
so that no engine finds the memory of another in its way. An engine that is too slow yields a row that says how far it
came; nothing it does ends the run. Figures are appended to ``--out`` as they come, one JSON object a line, and the
tables are printed at the end, as Markdown.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.search.machine import describe, load
from bench.search.table import as_tables
from core.temporary import temporary_folder

PEERS = ("stock", "haystack")
ENGINES = ("tantivy", "elasticsearch", *PEERS)
ROWS = "rows"
STEPS_AFTER_FILLING = 5
"""What is measured after filling, each within its bound, and one to spare for starting and closing."""

Figures = dict[str, Any]


def main() -> None:
    arguments = _arguments()
    before, figures = load(), []
    with temporary_folder("bench-search-") as folder:
        for size in arguments.sizes:
            for engine in (ROWS, *arguments.engines):
                found = _measured(engine, size, folder, arguments)
                print(json.dumps(found, ensure_ascii=False), file=sys.stderr, flush=True)
                _keep(found, arguments.out)
                figures.append(found)
            _database(folder, size).unlink(missing_ok=True)
    print(f"{describe(figures)}; load {before} before, {load()} after\n")
    print(as_tables([found for found in figures if found["engine"] != ROWS]))


def _measured(engine: str, size: int, folder: Path, arguments: argparse.Namespace) -> Figures:
    """The last figures that the process of this engine wrote down, whatever became of it."""
    own = folder / f"{engine}-{size}"
    own.mkdir()
    written = own / "figures.json"
    places = [str(place) for place in (_database(folder, size), written)]
    command = [sys.executable, "-m", "bench.search.worker", engine, str(size), *places]
    command += ["--url", arguments.url, "--folder", str(own / "index")]
    patience = arguments.peer_patience if engine in PEERS else arguments.patience
    command += ["--patience", str(patience)]
    for name in ("bound", "seconds", "changes"):
        command += [f"--{name}", str(getattr(arguments, name))]
    most = 1.5 * patience + STEPS_AFTER_FILLING * arguments.bound
    try:
        ended = subprocess.run(command, timeout=most, stdout=sys.stderr, check=False).returncode
        how = f"ended with status {ended}" if ended else ""
    except subprocess.TimeoutExpired:
        how = f"broken off after {most:.0f} s"
    figures: Figures = {"engine": engine, "listings": size}
    if written.exists():
        figures |= json.loads(written.read_text().splitlines()[-1])
    if how:
        figures["remarks"] = [*figures.get("remarks", []), how]
    shutil.rmtree(own)
    return figures


def _database(folder: Path, size: int) -> Path:
    return folder / f"listings-{size}.sqlite3"


def _keep(figures: Figures, out: str | None) -> None:
    if out:
        with Path(out).open("a") as file:
            file.write(json.dumps(figures, ensure_ascii=False) + "\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.search", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000])
    parser.add_argument("--engines", nargs="+", default=list(ENGINES), choices=ENGINES)
    parser.add_argument("--url", default=os.environ.get("ELASTICSEARCH_URL", "http://127.0.0.1:9200"))
    parser.add_argument("--patience", type=float, default=900, help="seconds that ours may take to be filled")
    parser.add_argument("--peer-patience", type=float, default=420, help="seconds that a peer may take to be filled")
    parser.add_argument("--bound", type=float, default=60, help="seconds that each other figure may take")
    parser.add_argument("--seconds", type=float, default=8, help="how long each kind of question is asked")
    parser.add_argument("--changes", type=int, default=30, help="how many listings are changed")
    parser.add_argument("--out", help="append the figures here, one JSON object a line")
    return parser.parse_args()


if __name__ == "__main__":
    main()
