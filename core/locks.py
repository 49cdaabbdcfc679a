"""The one place that locks rows, so that all lock in one order and as weakly as suffices. Why: docs/adr/0033."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)

LOCK_ORDER = (
    "households.DigitalTeam",
    "households.Household",
    "onboarding.Consent",
    "households.Mandate",
    "onboarding.OnboardingCase",
    "accounts.User",
    "field.FieldDevice",
    "field.FieldUpload",
    "households.TeamMember",
    "households.CommuneOfficer",
    "households.ProvinceOfficer",
    "catalogue.Product",
    "catalogue.OcopCertificate",
    "catalogue.QualityCertificate",
    "catalogue.Review",
    "catalogue.ListingQuestion",
    "catalogue.ListingFlag",
    "basket.Basket",
    "order.HouseholdOrder",
    "order.OrderProblem",
    "partner.StockRecord",
    "payments.Payment",
    "search.SynonymRule",
    "search.NeedRule",
    "messaging.OutgoingMessage",
    "reporting.ReportRun",
)
"""Whoever locks rows of several tables locks them in this order, and rows of one table in the order of their keys."""

_held: ContextVar[set[tuple[int, Any]] | None] = ContextVar("held", default=None)


class LockOrderBroken(AssertionError):
    """Code locks so that two transactions may wait for each other for ever."""


def lock_row(rows: QuerySet[M], **which: Any) -> M:
    """The one row as it is now; nobody else changes it until the transaction ends. Raises DoesNotExist.

    What ``select_related`` joins is read and not locked.
    """
    locked = _locking(rows).get(**which)
    _require_order(rows, [locked.pk])
    return locked


def lock_rows(rows: QuerySet[M]) -> list[M]:
    """These rows as they are now, in the order of their keys, in which they are locked."""
    locked = list(_locking(rows).order_by("pk"))
    _require_order(rows, [row.pk for row in locked])
    return locked


def _locking(rows: QuerySet[M]) -> QuerySet[M]:
    """NO KEY lets others write rows that refer to a locked one, as an order's line refers to its listing."""
    return rows.select_for_update(of=("self",), no_key=True)


@contextmanager
def watched_locks() -> Iterator[None]:
    """Locks taken inside are held together: where ``CHECK_LOCK_ORDER`` is set, their order is checked."""
    if not settings.CHECK_LOCK_ORDER or _held.get() is not None:
        yield
        return
    token = _held.set(set())
    try:
        yield
    finally:
        _held.reset(token)


def _require_order(rows: QuerySet[M], keys: Iterable[Any]) -> None:
    """Raises LockOrderBroken when a row comes before one that is held already."""
    held = _held.get()
    if held is None:
        return
    place = LOCK_ORDER.index(rows.model._meta.label)
    for key in keys:
        if (place, key) not in held and held and (place, key) < max(held):
            last, last_key = max(held)
            raise LockOrderBroken(
                f"{LOCK_ORDER[place]} {key} is locked after {LOCK_ORDER[last]} {last_key}: lock it before, "
                "in the order of core.locks.LOCK_ORDER."
            )
        held.add((place, key))
