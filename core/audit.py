"""Who did what, for whom: one append-only row for every change."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from core.models import AuditEntry, Capacity

if TYPE_CHECKING:
    from django.db.models import Model


class _Optional(TypedDict, total=False):
    actor: Any
    household_code: str
    capacity: Capacity | None
    team_id: int | None
    changes: dict[str, Any]


class AuditFacts(_Optional):
    """``action`` is verb_noun ("publish_listing"). ``household_code`` names the household it concerns,
    ``capacity`` the right in which the actor did it; with a ``team_id`` that is the team's. ``changes`` maps a field to
    [before, after].
    """

    action: str
    subject: Model
    now: datetime


def entry(**facts: Unpack[AuditFacts]) -> AuditEntry:
    """A row that is not written yet, for whoever writes many at once."""
    subject, actor = facts["subject"], facts.get("actor")
    for_household = bool(facts.get("household_code"))
    return AuditEntry(
        at=facts["now"],
        actor=actor if getattr(actor, "pk", None) else None,
        action=facts["action"],
        subject_type=subject._meta.label_lower,
        subject_id="" if subject.pk is None else str(subject.pk),
        household_code=facts.get("household_code", ""),
        capacity=facts.get("capacity") or (Capacity.TEAM if for_household and facts.get("team_id") else ""),
        team_id=facts.get("team_id"),
        changes=facts.get("changes") or {},
    )


def record(**facts: Unpack[AuditFacts]) -> AuditEntry:
    """Write one row inside the caller's transaction."""
    row = entry(**facts)
    row.save(force_insert=True)
    return row
