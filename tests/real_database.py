"""A database of one's own on real storage, with real commits, for tests in which several connections compete.

On SQLite a file opened with exactly the settings of `make run`; on PostgreSQL a copy of the test database. Nothing is
flushed afterwards, so no other test notices.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from marketplace.settings.databases import sqlite


@contextmanager
def own_database(folder: Path) -> Iterator[None]:
    """Every connection opened inside, by whatever thread, goes to a fresh copy of the (empty) test database."""
    if connection.vendor == "sqlite":
        settings = {**connection.settings_dict, **_file_copy(folder / "competing.sqlite3")}
        with _default_database(settings):
            yield
        return
    connection.creation.clone_test_db("competing", verbosity=0)
    settings = connection.creation.get_test_db_clone_settings("competing")
    try:
        with _default_database(settings):
            yield
    finally:
        connection.creation.destroy_test_db(suffix="competing", verbosity=0)


def _file_copy(path: Path) -> dict[str, Any]:
    connection.ensure_connection()
    with sqlite3.connect(path) as target:
        connection.connection.backup(target)
    target.close()
    return sqlite(path)


@contextmanager
def _default_database(settings: dict[str, Any]) -> Iterator[None]:
    """Swap what "default" means, for new connections (``connections.settings``) and for this thread's."""
    before = deepcopy(connections.settings["default"])
    ours: BaseDatabaseWrapper = connections["default"]
    connections.settings["default"] = settings
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = before
        connections["default"] = ours


def compete(jobs: list[Callable[[], Any]]) -> list[Any]:
    """Run the jobs at the same moment, each on its own thread and connection; a result or an exception for each."""
    gate = threading.Barrier(len(jobs))

    def run(job: Callable[[], Any]) -> Any:
        gate.wait(timeout=120)
        try:
            return job()
        except Exception as error:  # noqa: BLE001 - the test looks at every one
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result(timeout=300) for future in [pool.submit(run, job) for job in jobs]]
