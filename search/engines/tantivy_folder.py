"""Where embedded indices live: one folder for each build, and a file that names the live one.

The pointer is replaced in one step, so a reader sees the old index or the new one and never none. One writer at a time
for the whole machine: tantivy's own lock, released by the kernel when its holder dies.
"""

from __future__ import annotations

import logging
import os
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import tantivy

from search.engines.tantivy_schema import build_schema, prepare
from search.port import SearchUnavailable

POINTER = "current"
LOCK_PATIENCE_SECONDS = 15
HEAP_BYTES = 64_000_000

log = logging.getLogger(__name__)
_merging = ThreadPoolExecutor(max_workers=4, thread_name_prefix="merging")


class IndexFolder:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.schema = build_schema()

    def live(self) -> Path:
        """The live index; SearchUnavailable before the first build."""
        try:
            return self.folder / (self.folder / POINTER).read_text().strip()
        except FileNotFoundError as error:
            raise SearchUnavailable("no index has been built yet; run: python manage.py reindex") from error

    def open(self, path: Path) -> tantivy.Index:
        try:
            return prepare(tantivy.Index(self.schema, path=str(path)))
        except (ValueError, OSError) as error:
            raise SearchUnavailable(f"the index in {path} cannot be read: {error}") from error

    def create(self) -> Path:
        path = self.folder / f"index-{time.time_ns()}"
        path.mkdir(parents=True)
        return path

    def publish(self, path: Path) -> None:
        """The pointer first, then the leftovers: only the index that was live before is kept."""
        before = self._live_name()
        staged = self.folder / f"{POINTER}.new"
        staged.write_text(path.name)
        os.replace(staged, self.folder / POINTER)
        for other in self.folder.glob("index-*"):
            if other.name < path.name and other.name != before:
                shutil.rmtree(other, ignore_errors=True)

    def _live_name(self) -> str:
        pointer = self.folder / POINTER
        return pointer.read_text().strip() if pointer.exists() else ""


@contextmanager
def writing(index: tantivy.Index) -> Iterator[tantivy.IndexWriter]:
    """A writer whose work is committed at the end, or dropped on an error; waits while another process writes.

    What was committed is seen at once. Merging small segments into larger ones may take seconds, and whoever wrote does
    not wait for it: a thread does, with the lock, until it is done.
    """
    writer = _locked_writer(index, time.monotonic() + LOCK_PATIENCE_SECONDS)
    try:
        yield writer
        writer.commit()
    except BaseException:
        writer.rollback()
        writer.wait_merging_threads()
        raise
    _merging.submit(_wait_for_merges, writer)


def _wait_for_merges(writer: tantivy.IndexWriter) -> None:
    """An index that is dropped meanwhile has nothing to merge any more."""
    try:
        writer.wait_merging_threads()
    except ValueError as error:
        log.warning("Segments were not merged, the next write tries again: %s", error)


def _locked_writer(index: tantivy.Index, give_up_at: float) -> tantivy.IndexWriter:
    while True:
        try:
            return index.writer(heap_size=HEAP_BYTES, num_threads=1)
        except ValueError as error:
            if "LockBusy" not in str(error):
                raise SearchUnavailable(str(error)) from error
            if time.monotonic() > give_up_at:
                raise SearchUnavailable("another process has been writing to the index for too long") from error
        time.sleep(0.02)
