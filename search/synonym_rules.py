"""The regional names in force: shipped with the project, changed by operators."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Count, Max
from django.utils.translation import gettext_lazy as _

from marketplace.core import audit
from marketplace.core.errors import DomainError
from search.language.normal import exact_words
from search.language.synonyms import Closeness, Rule, Untoned
from search.models import SynonymRule

SHIPPED = Path(__file__).parent / "data" / "synonyms.csv"


class UselessRule(DomainError):
    """The rule says nothing: a side is empty, or both are the same words."""

    code = "useless_rule"


def shipped_rules() -> list[Rule]:
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        return [_rule(row) for row in csv.DictReader(file)]


def rules_in_force() -> list[Rule]:
    return [row.rule for row in SynonymRule.objects.filter(is_active=True)]


def state_of_rules() -> tuple[int, datetime | None]:
    """Changes with every change of a rule: one small query, so that a rule is live with the next search."""
    state = SynonymRule.objects.aggregate(count=Count("pk"), latest=Max("updated_at"))
    return state["count"], state["latest"]


@transaction.atomic
def load_shipped_rules(*, now: datetime) -> int:
    """Add the shipped rules that are not there yet; what operators changed or switched off stays as they left it."""
    present = set(SynonymRule.objects.values_list("said", "means"))
    missing = [rule for rule in shipped_rules() if (rule.said, rule.means) not in present]
    rows = [
        SynonymRule(
            said=rule.said,
            means=rule.means,
            both_ways=rule.both_ways,
            closeness=rule.closeness.value,
            untoned=rule.untoned.value,
            updated_at=now,
        )
        for rule in missing
    ]
    SynonymRule.objects.bulk_create(rows)
    return len(rows)


def check_rule(said: str, means: str) -> None:
    """Refuse a rule that would do nothing."""
    if not exact_words(said) or not exact_words(means) or exact_words(said) == exact_words(means):
        raise UselessRule(_("Write two different names."), field="means")


@transaction.atomic
def save_rule(*, rule: SynonymRule, actor: Any, now: datetime, changed: Sequence[str] = ()) -> SynonymRule:
    """Keep a rule as an operator wrote it."""
    check_rule(rule.said, rule.means)
    rule.updated_at = now
    rule.save()
    changes = {name: [None, str(getattr(rule, name))] for name in changed}
    audit.record(action="save_synonym_rule", subject=rule, now=now, actor=actor, changes=changes)
    return rule


@transaction.atomic
def delete_rule(*, rule: SynonymRule, actor: Any, now: datetime) -> None:
    audit.record(action="delete_synonym_rule", subject=rule, now=now, actor=actor, changes={"rule": [str(rule), None]})
    rule.delete()


def _rule(row: dict[str, str]) -> Rule:
    return Rule(
        row["said"], row["means"], row["both_ways"] == "yes", Closeness(row["closeness"]), Untoned(row["untoned"])
    )
