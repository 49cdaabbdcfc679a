"""Why an order or an answer is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


@dataclass(frozen=True, slots=True)
class LineProblem:
    """One wanted product that cannot be had as wanted; ``available`` sale units are left."""

    product_id: int
    message: Any
    available: int = 0


class LinesRefused(DomainError):
    """Some lines cannot be ordered now. The basket is kept; ``problems`` says which and why."""

    code = "lines_refused"

    def __init__(self, problems: Sequence[LineProblem]) -> None:
        super().__init__(
            _("Some goods are no longer there as you wanted them. Your basket is kept: change it and order the rest.")
        )
        self.problems = list(problems)


class NothingToOrder(DomainError):
    code = "nothing_to_order"


class TotalChanged(DomainError):
    """``context`` has seen and total, in dong."""

    code = "total_changed"


class NameMissing(DomainError):
    code = "name_missing"
    field = "name"


class StepNotAllowed(DomainError):
    """The household order is not in a state from which this step leads on."""

    code = "step_not_allowed"


class ReasonMissing(DomainError):
    code = "reason_missing"
    field = "reason"
