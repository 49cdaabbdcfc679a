"""Synonyms in the database: loaded from the project's file, then kept by operators."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from core import audit
from core.errors import DomainError
from core.locks import lock_rows
from core.text import nfc
from core.transactions import in_transaction
from search.language.normal import exact_words
from search.language.synonyms import Closeness, Synonym, Untoned
from search.models import SynonymRule

SHIPPED = Path(__file__).resolve().parents[1] / "data" / "synonyms.csv"


KEPT = ("said", "means", "both_ways", "closeness", "untoned", "begins_name", "note", "is_active")
"""What an operator writes, and what the audit remembers of it."""


class UselessRule(DomainError):
    """A side of the synonym has no words, or both have the same."""

    code = "useless_rule"


class RuleIsThere(DomainError):
    """Another row has the same words on both sides, whatever its capitals and spelling."""

    code = "rule_is_there"
    field = "means"


def shipped_synonyms() -> list[Synonym]:
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        return [_rule(row) for row in csv.DictReader(file)]


def synonyms_in_force() -> list[Synonym]:
    return [row.synonym for row in SynonymRule.objects.filter(is_active=True)]


@in_transaction
def load_shipped_rules(*, now: datetime) -> int:
    """Add the synonyms of the project's file that are missing. Rows that operators changed or switched off are left
    alone. Returns how many were added."""
    present = {_key(said, means) for said, means in SynonymRule.objects.values_list("said", "means")}
    missing = [rule for rule in shipped_synonyms() if _key(rule.said, rule.means) not in present]
    rows = [
        SynonymRule(
            said=rule.said,
            means=rule.means,
            both_ways=rule.both_ways,
            closeness=rule.closeness.value,
            untoned=rule.untoned.value,
            begins_name=rule.begins_name,
            updated_at=now,
        )
        for rule in missing
    ]
    SynonymRule.objects.bulk_create(rows)
    return len(rows)


def check_rule(said: str, means: str, *, but: int | None = None) -> None:
    """Check a synonym before it is kept. Raises UselessRule when it would do nothing, and RuleIsThere when a row other
    than ``but`` has the same words."""
    for field, name in (("said", said), ("means", means)):
        if not exact_words(name):
            raise UselessRule(_("A name needs letters: write the word as buyers say it."), field=field)
    if exact_words(said) == exact_words(means):
        raise UselessRule(_("Write two different names."), field="means")
    others = SynonymRule.objects.exclude(pk=but or 0)
    if there := next((rule for rule in others if _key(rule.said, rule.means) == _key(said, means)), None):
        raise RuleIsThere(_("There is such a rule already: %(rule)s. Change that one.") % {"rule": there})


@in_transaction
def save_rule(*, rule: SynonymRule, actor: Any, now: datetime) -> SynonymRule:
    """Keep a row as an operator wrote it. The audit row keeps what each field said before."""
    rule.said, rule.means = tidy(rule.said), tidy(rule.means)
    check_rule(rule.said, rule.means, but=rule.pk)
    before = next(iter(lock_rows(SynonymRule.objects.filter(pk=rule.pk))), None)
    rule.updated_at = now
    rule.save()
    audit.record(action="save_synonym_rule", subject=rule, now=now, actor=actor, changes=_changes(before, rule))
    return rule


@in_transaction
def delete_rule(*, rule: SynonymRule, actor: Any, now: datetime) -> None:
    audit.record(action="delete_synonym_rule", subject=rule, now=now, actor=actor, changes={"rule": [str(rule), None]})
    rule.delete()


def _rule(row: dict[str, str]) -> Synonym:
    return Synonym(
        row["said"],
        row["means"],
        row["both_ways"] == "yes",
        Closeness(row["closeness"]),
        Untoned(row["untoned"]),
        row["begins_name"] == "yes",
    )


def tidy(name: str) -> str:
    """Composed letters and single spaces; capitals stay as they were written, for whoever reads the list."""
    return " ".join(nfc(name).split())


def _key(said: str, means: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of both sides in settled spelling; two rows with equal keys are the same."""
    return tuple(exact_words(said)), tuple(exact_words(means))


def _changes(before: SynonymRule | None, after: SynonymRule) -> dict[str, list[str | None]]:
    """Each field that differs as [old, new]; of a new rule all that it says."""
    said = {name: [str(getattr(before, name)) if before else None, str(getattr(after, name))] for name in KEPT}
    return {name: [old, new] for name, (old, new) in said.items() if old != new}
