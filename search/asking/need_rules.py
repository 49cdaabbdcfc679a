"""Needs in the database: loaded from the project's file, then kept by operators."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from catalog.models import Category
from core import audit
from core.errors import DomainError
from core.locks import lock_rows
from core.transactions import in_transaction
from search.asking.synonym_rules import tidy
from search.language.needs import Need
from search.language.normal import exact_words
from search.models import NeedRule

SHIPPED = Path(__file__).resolve().parents[1] / "data" / "needs.csv"
KEPT = ("said", "category_id", "months", "min_stars", "certificate", "note", "is_active")
"""What an operator writes, and what the audit remembers of it."""

MISSING = "missing"
"""Stands for the key of a category that this market does not have."""


class UselessNeed(DomainError):
    """The words have no letters, or nothing is given that serves them."""

    code = "useless_need"


class NeedIsThere(DomainError):
    """Another row says that the same serves the same words."""

    code = "need_is_there"
    field = "said"


def shipped_needs(key_of: Callable[[str], str] = str) -> list[Need]:
    """The needs of the project's file. ``key_of`` makes a category's key in the index of its code."""
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        return [
            Need(
                said=row["said"],
                category=key_of(row["category"]) if row["category"] else "",
                months=tuple(map(int, row["months"].split())),
                min_stars=int(row["min_stars"] or 0),
                certificate=row["certificate"],
            )
            for row in csv.DictReader(file)
        ]


def needs_in_force() -> list[Need]:
    return [row.need for row in NeedRule.objects.filter(is_active=True)]


@in_transaction
def load_shipped_needs(*, now: datetime) -> int:
    """Add the needs of the project's file that are missing. Rows that operators changed or switched off are left alone,
    and a category that this market does not have serves nothing. Returns how many were added."""
    keys = {category.code: str(category.pk) for category in Category.objects.exclude(code=None)}
    present = {_key(rule.need) for rule in NeedRule.objects.all()}
    rows = [
        NeedRule(
            said=need.said,
            category_id=int(need.category) if need.category else None,
            months=list(need.months),
            min_stars=need.min_stars,
            certificate=need.certificate,
            updated_at=now,
        )
        for need in shipped_needs(lambda code: keys.get(code, MISSING))
        if need.category != MISSING and _key(need) not in present
    ]
    NeedRule.objects.bulk_create(rows)
    return len(rows)


def check_need(need: Need, *, but: int | None = None) -> None:
    """Check a need before it is kept. Raises UselessNeed when it would find nothing or everything, and NeedIsThere when
    a row other than ``but`` says the same."""
    if not exact_words(need.said):
        raise UselessNeed(_("A name needs letters: write the word as buyers say it."), field="said")
    if not (need.category or need.months or need.min_stars or need.certificate):
        raise UselessNeed(_("Say what serves it: a kind, months, stars or a certificate."), field="category")
    others = NeedRule.objects.exclude(pk=but or 0)
    if any(_key(rule.need) == _key(need) for rule in others):
        raise NeedIsThere(_("There is such a row already. Change that one."))


@in_transaction
def save_need(*, rule: NeedRule, actor: Any, now: datetime) -> NeedRule:
    """Keep a row as an operator wrote it. The audit row keeps what each field said before."""
    rule.said = tidy(rule.said)
    rule.months = sorted(set(rule.months))
    check_need(rule.need, but=rule.pk)
    before = next(iter(lock_rows(NeedRule.objects.filter(pk=rule.pk))), None)
    rule.updated_at = now
    rule.save()
    said = {name: [_shown(before, name), _shown(rule, name)] for name in KEPT}
    changes = {name: values for name, values in said.items() if values[0] != values[1]}
    audit.record(action="save_need_rule", subject=rule, now=now, actor=actor, changes=changes)
    return rule


@in_transaction
def delete_need(*, rule: NeedRule, actor: Any, now: datetime) -> None:
    gone = {name: [_shown(rule, name), None] for name in KEPT}
    audit.record(action="delete_need_rule", subject=rule, now=now, actor=actor, changes=gone)
    rule.delete()


def _shown(rule: NeedRule | None, name: str) -> str | None:
    return str(getattr(rule, name)) if rule else None


def _key(need: Need) -> tuple[tuple[str, ...], str, tuple[int, ...], int, str]:
    """The words in settled spelling and what serves them; two rows with equal keys are the same."""
    return tuple(exact_words(need.said)), need.category, tuple(sorted(need.months)), need.min_stars, need.certificate
