"""Acts: written once as they happen; every figure is computed from them."""

from __future__ import annotations

from datetime import datetime, time

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import DomainError
from core.periods import VIETNAM, vietnam_date
from households.access import own_households
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


def record_search(*, user: User, now: datetime) -> None:
    """The households of ``user`` looked for products: one act for each of them and each day in Vietnam.

    Runs while a visitor waits: one query, and one insert on the first search of the day.
    """
    today = vietnam_date(now)
    start = datetime.combine(today, time(), VIETNAM)
    seen = Act.objects.filter(household=OuterRef("pk"), kind=Act.Kind.SEARCH, happened_at__gte=start)
    looking = own_households(user, now).filter(~Exists(seen), opened_at__isnull=False, closed_at__isnull=True)
    acts = [
        Act(
            key=f"search:{pk}:{today}",
            household_id=pk,
            kind=Act.Kind.SEARCH,
            actor=user,
            happened_at=now,
            learned_at=now,
        )
        for pk in looking.values_list("pk", flat=True)
    ]
    if acts:
        Act.objects.bulk_create(acts, ignore_conflicts=True)  # another request of the same second may be first
