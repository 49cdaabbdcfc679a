"""System check: the live index of each engine has the fields and analyzers of this code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register

from search.engines import registry
from search.engines.port import NotBuilt, SearchUnavailable
from search.engines.time_budget import shared_time_budget
from search.index import building

HINT = "If it is running: python manage.py reindex --engine {name}. Until then the next engine answers."


@register
def live_index_fits(**_kwargs: Any) -> list[CheckMessage]:
    """One warning for each engine whose live index is unfit or cannot be read. A warning and no error, because another
    engine answers meanwhile, and ``reindex``, which mends it, must be able to run."""
    return [
        Warning(f"{name} does not serve searches: {problem}", hint=HINT.format(name=name), id="search.W001")
        for name, problem in _problems()
    ]


def _problems() -> Iterator[tuple[str, SearchUnavailable]]:
    for name in settings.SEARCH_ENGINES:
        try:
            with shared_time_budget(building.GREETING_SECONDS):
                registry.engine(name).verify()
        except NotBuilt:
            continue
        except SearchUnavailable as error:
            yield name, error
