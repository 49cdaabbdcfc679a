"""Days that are over, closed into files that never change: Parquet by province, and a manifest that chains hashes.

A day holds the facts that were learned on it, whenever they happened; one that is found late goes into the next day
that is closed, with both its dates. Each manifest names its files with their SHA-256 and holds the SHA-256 of the
manifest before it; that of each stands in the database too (``ClosedDay``), so that neither a changed byte nor a
file or day that is missing goes unseen.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from core.periods import VIETNAM, vietnam_date
from core.temporary import temporary_folder
from reporting.facts.engines import duckdb_engine
from reporting.facts.figures import FactSource
from reporting.facts.live import LiveFacts, LiveUnits, first_learned_at
from reporting.models import ClosedDay

MANIFEST = "manifest.json"
DAY = timedelta(days=1)
# What was written before midnight may be committed after it; nothing of ours takes longer than a request. A step of an
# order may be taken back for TAKE_BACK_MINUTES more, and its fact says when.
WAIT = timedelta(hours=1)
LOOK_BACK = timedelta(days=3)
NO_PROVINCE = "00"
WRITTEN = """
COPY (
    SELECT key, household, kind, make_timestamptz(happened_at) AS happened_at,
           make_timestamptz(learned_at) AS learned_at, is_former = 1 AS is_former, commune_code, team,
           CAST(NULLIF(quantity, '') AS DECIMAL(18, 3)) AS quantity, value, ref,
           CASE WHEN taken_back_at <> 0 THEN make_timestamptz(taken_back_at) END AS taken_back_at, place_in_source
    FROM facts_of_day WHERE province = '{province}' ORDER BY place_in_source
) TO '{path}' (FORMAT parquet, COMPRESSION zstd)
"""


class BadClosedFacts(ValueError):
    """Closed files are not as they were closed: the message names the day, the file and what is wrong with it."""


def start_of(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)


def folder_of(day: date) -> Path:
    return Path(settings.FACTS_ROOT) / day.isoformat()


def close_days(*, now: datetime) -> list[ClosedDay]:
    """Close every day that is over and not closed, oldest first; a clock that was set back closes nothing."""
    closed = []
    while row := _close_next(now):
        closed.append(row)
    return closed


def _close_next(now: datetime) -> ClosedDay | None:
    """The day after the last that was closed; None when it is not over yet, or another worker closed it just now.

    The rows of a day are read once, outside any transaction. The folder stands in its place before the commit: one
    without a row in the database was left by a process that died, and is made anew.
    """
    last = ClosedDay.objects.order_by("day").last()
    first = first_learned_at()
    if last is None and first is None:
        return None
    day = last.day + DAY if last else vietnam_date(first)  # type: ignore[arg-type]  # there is one of the two
    if now < start_of(day + DAY) + WAIT + timedelta(minutes=settings.TAKE_BACK_MINUTES):
        return None
    root = Path(settings.FACTS_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    previous = last.manifest_sha256 if last else ""
    with temporary_folder(".closing-", root) as temporary:
        folder = temporary / day.isoformat()
        folder.mkdir()
        files = _write_files(folder, day, last is not None)
        manifest = {"day": day.isoformat(), "previous": previous, "closed_at": now.isoformat(), "files": files}
        content = (json.dumps(manifest, indent=1, sort_keys=True) + "\n").encode()
        (folder / MANIFEST).write_bytes(content)
        row = ClosedDay(
            day=day,
            closed_at=now,
            fact_count=sum(int(file["facts"]) for file in files),
            previous_sha256=previous,
            manifest_sha256=hashlib.sha256(content).hexdigest(),
        )
        try:
            with transaction.atomic():
                row.save(force_insert=True)
                shutil.rmtree(folder_of(day), ignore_errors=True)
                os.replace(folder, folder_of(day))
        except IntegrityError:
            return None
    return row


def _write_files(folder: Path, day: date, has_earlier: bool) -> list[dict[str, Any]]:
    """One file for each province in which something was learned; what the manifest says of each."""
    start = start_of(day)
    provinces = {code: place.province for code, place in LiveUnits().places_on(day)[False].items()}
    taken = keys_in(closed_files(since=day - LOOK_BACK)) if has_earlier else frozenset()
    facts = LiveFacts(start - LOOK_BACK if has_earlier else start, start + DAY)
    rows = (
        (key, provinces.get(fact.commune_code) or NO_PROVINCE, *fact) for key, fact in facts.keyed() if key not in taken
    )
    with duckdb_engine() as engine:
        engine.load("facts_of_day", rows)
        found = engine.execute("SELECT province, COUNT(*) FROM facts_of_day GROUP BY province ORDER BY province")
        files = []
        for province, count in found:
            path = folder / f"{province}.parquet"
            engine.execute(WRITTEN.format(province=province, path=path))
            files.append({"name": path.name, "facts": count, "bytes": path.stat().st_size, "sha256": sha256_of(path)})
    return files


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def closed_files(*, since: date | None = None, until: date | None = None) -> Iterator[Path]:
    """The files of the closed days, each as it was closed. Raises BadClosedFacts at the first that is not."""
    days = ClosedDay.objects.order_by("day")
    days = days.filter(day__gte=since) if since else days
    previous = None
    for row in days.filter(day__lte=until) if until else days:
        yield from _files_of(row, previous)
        previous = row


def _files_of(row: ClosedDay, previous: ClosedDay | None) -> list[Path]:
    folder = folder_of(row.day)
    try:
        content = (folder / MANIFEST).read_bytes()
    except OSError as error:
        raise BadClosedFacts(f"The manifest of {row.day} cannot be read: {error}") from error
    if hashlib.sha256(content).hexdigest() != row.manifest_sha256:
        raise BadClosedFacts(f"The manifest of {row.day} is not the one with which the day was closed.")
    manifest = json.loads(content)
    if previous and not manifest["previous"] == row.previous_sha256 == previous.manifest_sha256:
        raise BadClosedFacts(f"The manifest of {row.day} does not follow that of {previous.day}.")
    paths = []
    for file in manifest["files"]:
        path = folder / file["name"]
        if not path.exists():
            raise BadClosedFacts(f"{path.name} of {row.day} is missing.")
        if path.stat().st_size != file["bytes"]:
            raise BadClosedFacts(
                f"{path.name} of {row.day} has {path.stat().st_size} bytes instead of {file['bytes']}."
            )
        if sha256_of(path) != file["sha256"]:
            raise BadClosedFacts(f"{path.name} of {row.day} was changed after the day was closed.")
        paths.append(path)
    return paths


def keys_in(files: Iterable[Path]) -> frozenset[str]:
    """The keys of the facts in closed files."""
    paths = [str(path) for path in files]
    if not paths:
        return frozenset()
    with duckdb_engine() as engine:
        return frozenset(key for (key,) in engine.execute(f"SELECT key FROM read_parquet({paths!r})"))


def closed_and_open() -> FactSource:
    """Every fact: those of the closed days from their files, those learned since from the database.

    Raises BadClosedFacts: figures are not made of files that are not as they were closed.
    """
    last = ClosedDay.objects.order_by("day").last()
    if last is None:
        return FactSource(LiveFacts(), LiveUnits(), is_in_order=True)
    open_days = LiveFacts(since=start_of(last.day + DAY))
    return FactSource(open_days, LiveUnits(), is_in_order=True, files=tuple(closed_files(until=last.day)))


def count_missing() -> int:
    """How many facts the database has learned on closed days that stand in no file."""
    last = ClosedDay.objects.order_by("day").last()
    if last is None:
        return 0
    kept = keys_in(closed_files(until=last.day))
    return sum(key not in kept for key, _fact in LiveFacts(before=start_of(last.day + DAY)).keyed())
