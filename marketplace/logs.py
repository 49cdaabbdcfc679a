"""What is logged, and how it looks: one line of text in development, one JSON object a line in production.

Every line of a request and of the background work that it started carries the same ``request_id``. Personal data stay
out: addresses are logged without their query, network addresses not at all, and people only by the key of their account
where they were refused something; what looks like a phone number is masked wherever it stands, traces included.
"""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from core.personal_data import mask_phone

PHONE = re.compile(r"(?<![\w-])(?:\+84|0)(?:[ -]?\d){9}(?![\w-])")


def without_phones(text: str) -> str:
    return PHONE.sub(lambda found: mask_phone(re.sub("[ -]", "", found[0])), text)


def add_failure_reference(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """The reference that the failure page shows to its reader (core/failures.py) leads to this line."""
    reference = getattr(getattr(event.get("_record"), "request", None), "failure_reference", "")
    return {**event, "reference": reference} if reference else event


def add_refused_person(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """The key of the account that was refused a page (403), or asked for what is not there for it (404).

    Whoever looks for somebody who tries doors finds all of them under one key; the key says nothing to others.
    """
    record = event.get("_record")
    if getattr(record, "status_code", None) not in (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND):
        return event
    person = getattr(getattr(getattr(record, "request", None), "user", None), "pk", None)
    return event if person is None else {**event, "person": person}


def drop_second_trace(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Django logs each failed request with its trace, and only Django's line knows the reference."""
    if event["event"] == "request_failed":
        raise structlog.DropEvent
    return event


class LogLine:
    """Renders an event with ``renderer`` and masks phone numbers in what comes out."""

    def __init__(self, renderer: Processor) -> None:
        self.renderer = renderer

    def __call__(self, logger: WrappedLogger, method: str, event: EventDict) -> str:
        return without_phones(str(self.renderer(logger, method, event)))


COMMON: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def text() -> list[Processor]:
    """Plain traces: the coloured ones of structlog print local variables, personal data among them."""
    plain = structlog.dev.plain_traceback
    return [structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0, pad_level=False, exception_formatter=plain)]


def as_json() -> list[Processor]:
    """A trace is one field, so that every event stays one line."""
    return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(_dumps)]


def _dumps(event: Any, **options: Any) -> str:
    return json.dumps(event, ensure_ascii=False, **options)


def configuration(level: str, renderers: list[Processor]) -> dict[str, Any]:
    """Django's LOGGING: everything at ``level`` and above goes to the standard error, in the form of ``renderers``."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            drop_second_trace,
            *COMMON,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    *before, renderer = renderers
    finish = [
        add_failure_reference,
        add_refused_person,
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        *before,
        LogLine(renderer),
    ]
    formatter = {"()": structlog.stdlib.ProcessorFormatter, "foreign_pre_chain": COMMON, "processors": finish}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": formatter},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        # Django would also write to a handler of its own in development: every line twice.
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            "django.server": {"handlers": [], "propagate": True},
            "elastic_transport": {"level": "WARNING"},  # a line for every search says nothing
        },
    }
