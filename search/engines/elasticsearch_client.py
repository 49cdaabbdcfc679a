"""The connection: two clients, one patient for writing and one that would rather fail than let a page wait."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError

from search.port import SearchUnavailable

PAGE_PATIENCE_SECONDS = 0.5
WRITING_PATIENCE_SECONDS = 60


def page_client(url: str) -> Elasticsearch:
    return Elasticsearch(url, request_timeout=PAGE_PATIENCE_SECONDS, max_retries=0, retry_on_timeout=False)


def writing_client(url: str) -> Elasticsearch:
    return Elasticsearch(url, request_timeout=WRITING_PATIENCE_SECONDS, max_retries=2, retry_on_timeout=True)


@contextmanager
def as_unavailable() -> Iterator[None]:
    """Whatever the server or something in its place answers becomes one error that the site knows how to live with."""
    try:
        yield
    except NotFoundError as error:
        raise SearchUnavailable("no index has been built yet; run: python manage.py reindex") from error
    except (ApiError, TransportError) as error:
        raise SearchUnavailable(f"Elasticsearch: {error}") from error
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise SearchUnavailable(f"Elasticsearch answered something else than results: {error!r}") from error
