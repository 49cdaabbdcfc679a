"""Whether this process lives, and whether it can serve: asked by whatever watches the site, answered to anybody.

Strangers read one line that names no server, no version and no error; what went wrong is in the log. Without the
broker, a search engine or the periodic work the site goes on (messages wait in their outbox, the next engine or the
database answers), so these are named and the answer stays 200: a proxy that took the site away for them would make it
worse.
"""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, ClassVar

from celery.exceptions import OperationalError
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from health_check.base import HealthCheck
from health_check.checks import Cache, Database, Storage
from health_check.exceptions import ServiceUnavailable
from health_check.views import HealthCheckView

from marketplace.celery import app
from marketplace.watchdog import entry_states
from search.index import building

BROKER_SECONDS = 2


@dataclasses.dataclass
class Migrations(HealthCheck):
    """The database has every migration of this code; found once, it stays so for the life of the process."""

    were_applied: ClassVar[bool] = False

    def run(self) -> None:
        if Migrations.were_applied:
            return
        with connection.temporary_connection():
            executor = MigrationExecutor(connection)
            pending = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if pending:
            raise ServiceUnavailable(f"{pending} migrations are missing: run manage.py set_up")
        Migrations.were_applied = True


@dataclasses.dataclass
class Broker(HealthCheck):
    """The broker takes tasks; where tasks run at once there is none to ask."""

    def run(self) -> None:
        if settings.CELERY_TASK_ALWAYS_EAGER:
            return
        try:
            with app.connection_for_write(connect_timeout=BROKER_SECONDS) as broker:
                broker.ensure_connection(max_retries=1, timeout=BROKER_SECONDS)
        except (OSError, OperationalError) as error:
            raise ServiceUnavailable("the broker does not answer") from error


@dataclasses.dataclass
class Search(HealthCheck):
    """Every engine of the site answers a search."""

    def run(self) -> None:
        try:
            without = building.engines_without_index()
        finally:
            connection.close()
        if without:
            raise ServiceUnavailable(f"no answer from {', '.join(without)}")


@dataclasses.dataclass
class PeriodicWork(HealthCheck):
    """Every entry of the schedule ran in its time, and well when it ran last."""

    def run(self) -> None:
        with connection.temporary_connection():
            wanting = [state.name for state in entry_states(timezone.now()) if state.needs_somebody]
        if wanting:
            raise ServiceUnavailable(f"did not run or failed: {', '.join(wanting)}")


Checks = dict[str, tuple[type[HealthCheck], dict[str, Any]]]


class Live(HealthCheckView):
    """The process answers. Nothing is asked: a database that is away is no reason to start this process again."""

    needed: ClassVar[Checks] = {}
    helpful: ClassVar[Checks] = {}

    @contextmanager
    def get_executor(self) -> Iterator[Executor]:
        """Threads that nobody waits for: a server that hangs would otherwise make the answer hang too."""
        executor = ThreadPoolExecutor(thread_name_prefix="health")
        try:
            yield executor
        finally:
            executor.shutdown(wait=False)

    async def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Our own words instead of the library's, which show each check's options and errors."""
        checks = self.needed | self.helpful
        with self.get_executor() as executor:
            results = await asyncio.gather(
                *(check(**options).get_result(executor) for check, options in checks.values())
            )
        failing = [name for name, result in zip(checks, results, strict=True) if result.error]
        missing = [name for name in failing if name in self.needed]
        said = f"not ready: {', '.join(missing)}" if missing else "ready"
        if failing and not missing:
            said = f"ready, but without: {', '.join(failing)}"
        return HttpResponse(f"{said}\n", status=503 if missing else 200, content_type="text/plain; charset=utf-8")


class Ready(Live):
    """The process can serve pages and take orders."""

    needed: ClassVar[Checks] = {
        "database": (Database, {}),
        "migrations": (Migrations, {}),
        "cache": (Cache, {}),
        "media": (Storage, {"alias": "default"}),
        "private files": (Storage, {"alias": "private"}),
    }
    helpful: ClassVar[Checks] = {
        "broker": (Broker, {}),
        "search": (Search, {}),
        "periodic work": (PeriodicWork, {}),
    }
