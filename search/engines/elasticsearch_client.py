"""The connection to Elasticsearch: one client for pages, which gives up within the time budget, and one for writing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

from elastic_transport import Transport, TransportApiResponse
from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError

from search.engines.port import BadQuestion, SearchUnavailable
from search.engines.time_budget import within_time_budget

PAGE_TIMEOUT_SECONDS = 0.5
WRITING_TIMEOUT_SECONDS = 60
BAD_REQUEST = 400


class PageTransport(Transport):
    """The transport of the page client: it spends each request from the page's time budget."""

    def perform_request(self, *request: Any, **options: Any) -> TransportApiResponse:
        return within_time_budget(partial(super().perform_request, *request, **options))


def page_client(url: str) -> Elasticsearch:
    return Elasticsearch(
        url,
        request_timeout=PAGE_TIMEOUT_SECONDS,
        max_retries=0,
        retry_on_timeout=False,
        transport_class=PageTransport,
    )


def writing_client(url: str) -> Elasticsearch:
    return Elasticsearch(url, request_timeout=WRITING_TIMEOUT_SECONDS, max_retries=2, retry_on_timeout=True)


@contextmanager
def as_unavailable() -> Iterator[None]:
    """Raise SearchUnavailable in place of every error of the client and of every answer that is not what was asked
    for."""
    try:
        yield
    except NotFoundError as error:
        raise SearchUnavailable("no index has been built yet; run: python manage.py reindex") from error
    except (ApiError, TransportError) as error:
        raise SearchUnavailable(f"Elasticsearch: {error}") from error
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise SearchUnavailable(f"Elasticsearch answered something else than results: {error!r}") from error


@contextmanager
def answering() -> Iterator[None]:
    """As ``as_unavailable``, but raise BadQuestion where Elasticsearch itself calls the request bad (status 400)."""
    with as_unavailable():
        try:
            yield
        except ApiError as error:
            if _is_refusal_of_the_question(error.body):
                raise BadQuestion(f"Elasticsearch cannot take the question: {error.body['error']}") from error
            raise


def _is_refusal_of_the_question(body: object) -> bool:
    """Is this Elasticsearch's own error of status 400? Read from the body, because a proxy may answer 400 too, and
    because the refusal of one of several searches comes inside an answer of status 200."""
    return isinstance(body, Mapping) and body.get("status") == BAD_REQUEST and isinstance(body.get("error"), Mapping)
