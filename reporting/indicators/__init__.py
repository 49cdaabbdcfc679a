"""Every indicator with all its versions, in the order in which figures are shown.

A new indicator, or the next version of one, is a declaration in one of the three modules; nothing else names it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from reporting.indicators import accounts, listings, orders
from reporting.indicators.declaration import Indicator


class UnknownIndicator(DomainError):
    """No declaration has this code and version."""

    code = "unknown_indicator"


def by_code(declared: Iterable[Indicator]) -> dict[str, tuple[Indicator, ...]]:
    """The versions of each indicator, oldest first.

    Raises ValueError when they do not count up from one, or one holds from no later day than the one before.
    """
    found: dict[str, tuple[Indicator, ...]] = {}
    for row in declared:
        earlier = found.get(row.code, ())
        if row.version != len(earlier) + 1 or (earlier and row.valid_from <= earlier[-1].valid_from):
            raise ValueError(f"Version {row.version} of indicator {row.code} does not follow the one before it.")
        found[row.code] = (*earlier, row)
    return found


INDICATORS: dict[str, tuple[Indicator, ...]] = by_code((*accounts.DECLARED, *listings.DECLARED, *orders.DECLARED))


def indicators_on(day: date) -> dict[str, Indicator]:
    """Of each indicator the newest version that holds on the day; before the first one began, the first."""
    return {
        code: next((row for row in reversed(versions) if row.valid_from <= day), versions[0])
        for code, versions in INDICATORS.items()
    }


def indicators_recorded(recorded: Iterable[Mapping[str, Any]]) -> dict[str, Indicator]:
    """The versions that a run says it is made with. Raises UnknownIndicator."""
    found = {}
    for row in recorded:
        code, version = row["indicator"], row["version"]
        same = (declared for declared in INDICATORS.get(code, ()) if declared.version == version)
        indicator = next(same, None)
        if indicator is None:
            message = _("Indicator %(code)s has no version %(version)s any more. Ask for the report again.")
            raise UnknownIndicator(message % {"code": code, "version": version})
        found[code] = indicator
    return found
