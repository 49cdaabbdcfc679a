"""Who did what, for whom: one append-only row for every change."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from core.models import AuditEntry

if TYPE_CHECKING:
    from django.db.models import Model


def record(
    *,
    action: str,
    subject: Model,
    now: datetime,
    actor: Any = None,
    household_code: str = "",
    team_id: int | None = None,
    changes: dict[str, Any] | None = None,
) -> AuditEntry:
    """Write one row inside the caller's transaction.

    ``action`` is verb_noun ("publish_listing"). ``household_code`` names the household it concerns; ``team_id`` is
    set when the actor did it on the household's behalf. ``changes`` maps a field to [before, after].
    """
    return AuditEntry.objects.create(
        at=now,
        actor=actor if getattr(actor, "pk", None) else None,
        action=action,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        household_code=household_code,
        team_id=team_id,
        changes=changes or {},
    )
