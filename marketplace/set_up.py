"""What every site needs before it serves, and how it gets it: the steps of ``manage.py set_up``.

A step is taken when it is needed, and may break off at any point and be taken again.
"""

from __future__ import annotations

import gc
import io
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TextIO

from django.conf import settings
from django.contrib.sites.models import Site
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from core import audit
from core.management.commands.compile_translations import is_stale, ours
from core.models import AuditEntry
from marketplace.watchdog import await_entries, unawaited_entries
from search.engines.port import SearchUnavailable
from search.index import building

# What every site carries with it, groups of staff included; a name that is added here is loaded at the next set-up.
DATA = ["load_places", "load_categories", "load_shipping_tariff", "load_synonyms", "load_content", "load_trust_pages"]
DATA_LOADED, DEMO_LOADED = "load_project_data", "load_demo"
REINDEX = "python manage.py reindex --engine {}"


@dataclass(frozen=True)
class Step:
    label: str
    is_needed: Callable[[], bool]
    take: Callable[[TextIO], Any]


class MigrationCounter(io.TextIOBase):
    """Django's one line for each migration as a running count: there are hundreds."""

    def __init__(self, out: TextIO, total: int) -> None:
        self.out, self.total, self.done = out, total, 0

    def write(self, text: str) -> int:
        if "Applying" in text:
            self.done += 1
            if self.done % 25 == 0 or self.done == self.total:
                self.out.write(f"    {self.done} of {self.total}\n")
                self.out.flush()
        return len(text)


def take_needed(steps: Iterable[Step], out: TextIO) -> list[str]:
    """Take the steps that are needed, in their order, and say what each cost; returns their labels."""
    taken = []
    for step in steps:
        if step.is_needed():
            started = time.monotonic()
            out.write(f"{step.label} …\n")
            out.flush()
            step.take(out)
            out.write(f"  done in {time.monotonic() - started:.1f} s\n")
            taken.append(step.label)
    return taken


def pending_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextmanager
def rare_garbage_collection() -> Iterator[None]:
    """Migrating draws every model anew some forty thousand times, all of them cycles that live for a moment.

    Python looks for cycles after every 700 new objects by default, and a third of a first start went into looking. The
    process grows to some 400 MB meanwhile.
    """
    thresholds = gc.get_threshold()
    gc.set_threshold(200_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)


def migrate(out: TextIO) -> None:
    with rare_garbage_collection():
        call_command("migrate", interactive=False, no_color=True, stdout=MigrationCounter(out, pending_migrations()))


def was_done(action: str) -> bool:
    return AuditEntry.objects.filter(action=action, changes__commands=DATA).exists()


def load_data(out: TextIO) -> None:
    """The row that says "loaded" comes last, so a load that broke off is taken up again."""
    for name in DATA:
        call_command(name, stdout=out)
    remember(DATA_LOADED)


def remember(action: str) -> None:
    """Write that ``action`` is complete; ``was_done`` asks for it, until DATA has one more."""
    audit.record(action=action, subject=Site.objects.get_current(), now=timezone.now(), changes={"commands": DATA})


def lacks_index() -> bool:
    """One that is away counts too: the step says so, and how to mend it, at every start."""
    return bool(building.engines_without_index())


def build_index(out: TextIO, names: Iterable[str]) -> None:
    """A shop without one of its engines is a shop: what cannot be built is said, and the set-up goes on."""
    for name, result in building.build_indices(names, timezone.now()):
        if isinstance(result, SearchUnavailable):
            out.write(f"  Warning: {name} gets no index: {result}\n  When it is back: {REINDEX.format(name)}\n")
        else:
            out.write(f"  {name}: {result} listings indexed\n")


STEPS = (
    Step(
        "Vietnamese words",
        lambda: any(map(is_stale, ours(settings.ROOT))),
        lambda out: call_command("compile_translations", stdout=out),
    ),
    Step("Database: a minute the first time", lambda: pending_migrations() > 0, migrate),
    Step("Places, goods, tariff, synonyms, pages", lambda: not was_done(DATA_LOADED), load_data),
    Step(
        "Watch over the periodic work", lambda: bool(unawaited_entries()), lambda out: await_entries(now=timezone.now())
    ),
    Step("Search index", lacks_index, lambda out: build_index(out, building.engines_without_index())),
)
