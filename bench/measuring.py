"""One page asked for several times: queries, the middle of the times, bytes as they are and packed."""

from __future__ import annotations

import gzip
import statistics
import time
from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.addresses import Page
from tests.sign_in import sign_in


@dataclass(frozen=True, slots=True)
class Cost:
    """``milliseconds`` is the time on the clock, ``busy`` this process's own, the same on a machine that is shared.

    ``status`` other than 200 means that the page is not there; the rest is then worth nothing.
    """

    page: Page
    status: int
    queries: int
    milliseconds: float
    busy: float
    size: int
    packed: int

    @property
    def is_kept(self) -> bool:
        """The promised number of queries was not passed."""
        return self.page.most_queries is None or self.queries <= self.page.most_queries


def measure(page: Page, repeat: int) -> Cost:
    """After one visit that fills caches, ``repeat`` visits that are timed and one whose queries are counted."""
    client = Client(headers={"host": "127.0.0.1"})
    if page.user:
        sign_in(client, page.user)
    first = client.get(page.path)
    if first.status_code != 200:
        return Cost(page, first.status_code, 0, 0, 0, 0, 0)
    times = [_timed(client, page.path) for _visit in range(repeat)]
    with CaptureQueriesContext(connection) as counted:
        body = client.get(page.path).content
    clock, busy = (statistics.median(part) for part in zip(*times, strict=True))
    return Cost(page, 200, len(counted), clock, busy, len(body), len(gzip.compress(body, 6)))


def _timed(client: Client, path: str) -> tuple[float, float]:
    clock, busy = time.perf_counter(), time.process_time()
    client.get(path)
    return (time.perf_counter() - clock) * 1000, (time.process_time() - busy) * 1000
