"""Reading the state of the search, for operators."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from search.models import EngineHealth, IndexPass
from search.outbox import pending

LATEST = 30


def engine_states() -> list[dict[str, Any]]:
    """Each engine with its health and the number of changes that wait for it."""
    health = EngineHealth.objects.in_bulk(settings.SEARCH_ENGINES)
    return [
        {"name": name, "health": health.get(name), "waiting": pending(name).count()} for name in settings.SEARCH_ENGINES
    ]


def latest_passes() -> list[IndexPass]:
    return list(IndexPass.objects.order_by("-pk")[:LATEST])
