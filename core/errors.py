"""Refusals that people can do something about."""

from __future__ import annotations

from typing import Any


class DomainError(Exception):
    """An expected refusal: a stable code, a message in the reader's language, and what it is about.

    Each service module defines its own subclasses beside the function that raises them. ``message`` is a lazy
    translation and says what to do; ``field`` names the form field it belongs to, if any.
    """

    code = "refused"
    field: str | None = None

    def __init__(self, message: Any, *, field: str | None = None, **context: Any) -> None:
        super().__init__(message)
        self.message = message
        self.field = field or self.field
        self.context = context

    def __str__(self) -> str:
        return str(self.message)


class NotAllowed(DomainError):
    """The person may not do this, or not for this household."""

    code = "not_allowed"


class ReasonMissing(DomainError):
    """Whoever it is refused to reads why, so it needs a few words."""

    code = "reason_missing"
    field = "reason"


class ChangedMeanwhile(DomainError):
    """Somebody saved first; ``current`` is the row that stands now, and ``version`` its version, or what it counts as.

    Pages answer 409 with both: what stands, and what was typed, under the current version (core.forms.typed_again).
    """

    code = "changed_meanwhile"

    def __init__(self, message: Any, current: Any, version: int | None = None) -> None:
        super().__init__(message)
        self.current = current
        self.version: int = current.version if version is None else version
