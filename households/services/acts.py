"""Acts: written once as they happen; every figure is computed from them."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import DomainError
from households.models import Act, DigitalTeam, Household


class ActKeyTaken(DomainError):
    """The same key for a different act: the sender mixes up its keys."""

    code = "act_key_taken"


def record_act(
    *,
    household: Household,
    kind: Act.Kind,
    happened_at: datetime,
    key: str,
    now: datetime,
    actor: User | None = None,
    team: DigitalTeam | None = None,
) -> Act:
    """One act in the household's account, inside the caller's transaction. Raises ActKeyTaken.

    ``key`` is made where the act happened: the same act sent again gives back the row that is there. ``now`` is when we
    learn of it. No audit row: the change that the act is part of writes its own.
    """
    details = {"actor": actor, "team": team, "happened_at": happened_at, "learned_at": now}
    act, _new = Act.objects.get_or_create(key=key, defaults={"household": household, "kind": kind, **details})
    if (act.household_id, act.kind) != (household.pk, kind):
        raise ActKeyTaken(_("This key already stands for another act."), key=key)
    return act
