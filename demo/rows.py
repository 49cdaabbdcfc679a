"""The demo's data files, and the keys that make loading them twice load them once."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid5

DATA = Path(__file__).parent / "data"
NAMESPACE = UUID("8f0c7f8e-5d0b-4a5e-9b53-2f6f3a0d1c19")


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of data/NAME.csv."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def key(*parts: str) -> UUID:
    """The same parts give the same key, on every machine."""
    return uuid5(NAMESPACE, "/".join(parts))
