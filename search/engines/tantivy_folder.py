"""The folder of the embedded index: a folder for each build, and a file, the pointer, that names the live one.

The pointer is replaced in one step, so a reader sees the old index or the new one and never none. One process of the
machine writes at a time: it holds a lock on a file, which the kernel releases when the process ends.
"""

from __future__ import annotations

import fcntl
import logging
import os
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

import tantivy

from search.engines.port import NotBuilt, SearchUnavailable
from search.engines.tantivy_schema import build_schema, prepare

POINTER = "current"
LOCK = "writing.lock"
LOCK_TIMEOUT_SECONDS = 15
HEAP_BYTES = 64_000_000

log = logging.getLogger(__name__)
_merging = ThreadPoolExecutor(max_workers=4, thread_name_prefix="merging")


class IndexFolder:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.schema = build_schema()

    def live(self) -> Path:
        """The live index; NotBuilt before the first build."""
        try:
            return self.folder / (self.folder / POINTER).read_text().strip()
        except FileNotFoundError as error:
            raise NotBuilt("no index has been built yet; run: python manage.py reindex") from error

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
        """Make this the live index, then delete all older ones but the one that was live before."""
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
def writing(folder: IndexFolder, path: Path) -> Iterator[tuple[tantivy.Index, tantivy.IndexWriter]]:
    """The index in ``path`` and a writer, whose work is committed at the end or rolled back on an error.

    What was committed is visible at once. Afterwards tantivy merges small segments, which may take seconds. The caller
    does not wait for that: a thread does, and holds the lock until it is done. The index is opened under the lock,
    because an index opened earlier does not know the files that another writer added, and they would never be deleted.
    """
    with ExitStack() as held:
        held.enter_context(_alone(path))
        index = folder.open(path)
        writer = _writer(index)
        try:
            yield index, writer
            writer.commit()
        except BaseException:
            writer.rollback()
            writer.wait_merging_threads()
            raise
        _merging.submit(_finish, writer, held.pop_all())


def _finish(writer: tantivy.IndexWriter, held: ExitStack) -> None:
    """Wait until the merging is done, then release the lock."""
    with held:
        try:
            writer.wait_merging_threads()
        except ValueError as error:
            log.warning("Segments were not merged, the next write tries again: %s", error)


def _writer(index: tantivy.Index) -> tantivy.IndexWriter:
    try:
        return index.writer(heap_size=HEAP_BYTES, num_threads=1)
    except ValueError as error:
        raise SearchUnavailable(str(error)) from error


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the lock for writing. Raises SearchUnavailable when it is not free within ``LOCK_TIMEOUT_SECONDS``."""
    give_up_at = time.monotonic() + LOCK_TIMEOUT_SECONDS
    with _lock_file(path) as file:
        while not _is_locked(file):
            if time.monotonic() > give_up_at:
                raise SearchUnavailable("another process has been writing to the index for too long")
            time.sleep(0.01)
        yield


def _lock_file(path: Path) -> IO[bytes]:
    try:
        return (path / LOCK).open("wb")
    except OSError as error:
        raise SearchUnavailable(f"the index in {path} cannot be written: {error}") from error


def _is_locked(file: IO[bytes]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
