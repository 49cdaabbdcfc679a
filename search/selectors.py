"""Reading the state of the search, for operators."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import is_operator
from accounts.models import User
from accounts.workspaces import Notice
from households.models import Province
from search.index.outbox import pending
from search.models import EngineHealth, IndexPass

LATEST = 30


def is_province(code: str) -> bool:
    return Province.objects.filter(code=code).exists()


def engine_states() -> list[dict[str, Any]]:
    """Each engine with its health and the number of changes that wait for it."""
    health = EngineHealth.objects.in_bulk(settings.SEARCH_ENGINES)
    return [
        {"name": name, "health": health.get(name), "waiting": pending(name).count()} for name in settings.SEARCH_ENGINES
    ]


def latest_passes() -> list[IndexPass]:
    return list(IndexPass.objects.order_by("-pk")[:LATEST])


def notices_for(user: User, now: datetime) -> list[Notice]:
    """Notices for operators of the engines that are down; none for anybody else."""
    if not is_operator(user):
        return []
    down = EngineHealth.objects.filter(engine__in=settings.SEARCH_ENGINES, is_down=True).order_by("engine")
    words = _("The search engine %(name)s does not answer.")
    return [Notice(words % {"name": health.engine}, reverse("search:state")) for health in down]
