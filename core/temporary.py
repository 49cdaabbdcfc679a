"""Folders that last as long as what they are for, however their process ends."""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

LOCK = ".in-use"


@contextmanager
def temporary_folder(prefix: str, parent: Path | None = None) -> Iterator[Path]:
    """A new folder, in ``parent`` or among the system's temporary ones, which is removed at the end of the block.

    A process that is killed removes nothing, and ``tempfile`` never looks again. So each folder holds a lock, which
    the system gives back when its process has ended, and what killed ones left under ``prefix`` is removed here first.
    """
    folder, lock = _make(prefix, parent)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def folder_of_this_process(prefix: str) -> Path:
    """The same for as long as this process lives. A fork inherits what runs at the end, but removes nothing."""
    folder, _lock = _make(prefix, None)
    maker = os.getpid()

    def remove() -> None:
        if os.getpid() == maker:
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(remove)
    return folder


def _make(prefix: str, parent: Path | None) -> tuple[Path, int]:
    """One process at a time looks and makes, so that none finds the folder of another before it is locked."""
    parent = parent or Path(tempfile.gettempdir())
    door = os.open(Path(tempfile.gettempdir()) / f".{prefix}{os.getuid()}.lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(door, fcntl.LOCK_EX)
        for left in parent.glob(f"{prefix}*"):
            if _is_left_behind(left):
                shutil.rmtree(left, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        lock = os.open(folder / LOCK, os.O_CREAT | os.O_RDWR)
        fcntl.flock(lock, fcntl.LOCK_EX)
    finally:
        os.close(door)
    return folder, lock


def _is_left_behind(folder: Path) -> bool:
    with suppress(OSError):  # another's, or gone meanwhile
        if not folder.is_dir() or folder.stat().st_uid != os.getuid():
            return False
        if not (folder / LOCK).exists():
            return True
        lock = os.open(folder / LOCK, os.O_RDWR)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            os.close(lock)
        return True
    return False
