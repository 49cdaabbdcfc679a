"""Start-up check: the live Elasticsearch index is the one that this code would build."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register

from search import building, registry
from search.engines.elasticsearch_engine import ElasticsearchEngine
from search.patience import shared_patience
from search.port import SearchUnavailable


@register
def live_index_fits(**_kwargs: Any) -> list[CheckMessage]:
    """A warning and no error: the embedded engine stands in meanwhile, and the mending command must be able to run."""
    if "elasticsearch" not in settings.SEARCH_ENGINES:
        return []
    engine = registry.engine("elasticsearch")
    try:
        if isinstance(engine, ElasticsearchEngine):
            with shared_patience(building.GREETING_SECONDS):
                engine.verify()
    except SearchUnavailable as error:
        return [Warning(f"Elasticsearch does not serve searches: {error}", hint=HINT, id="search.W001")]
    return []


HINT = "Start it, or run: python manage.py reindex --engine elasticsearch. Until then the embedded engine answers."
