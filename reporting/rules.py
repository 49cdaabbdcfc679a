"""Rules that definitions name: which facts count, and how they are added up by area."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Aggregate, Count, QuerySet, Sum

from reporting import facts
from reporting.areas import Breakdown
from reporting.definitions import IndicatorDefinition
from reporting.frames import Frame


@dataclass(frozen=True, slots=True)
class Rule:
    """``path`` leads from a fact to its household."""

    facts: Callable[..., QuerySet[Any]]
    path: str
    adding: Aggregate


_LISTING = "product__household__"
_PART = "household_order__household__"
RULES: dict[str, Rule] = {
    "open_accounts": Rule(facts.open_accounts, "", Count("pk")),
    "acted_in_window": Rule(facts.acted_in_window, "", Count("pk")),
    "sold_in_window": Rule(facts.sold_in_window, "", Count("pk")),
    "on_sale": Rule(facts.on_sale, _LISTING, Count("pk")),
    "households_on_sale": Rule(facts.households_on_sale, "", Count("pk")),
    "orders_accepted": Rule(facts.accepted_parts, _PART, Count("household_order__order", distinct=True)),
    "goods_accepted": Rule(facts.accepted_parts, _PART, Sum("household_order__goods_total")),
}


def facts_of(definition: IndicatorDefinition, frame: Frame) -> QuerySet[Any]:
    """The rows that a figure counts."""
    return RULES[definition.rule].facts(frame, **definition.params)


def figure(definition: IndicatorDefinition, frame: Frame) -> int:
    """The figure of the whole area: one query."""
    rule = RULES[definition.rule]
    # PostgreSQL gives the sum of big integers back as a Decimal.
    return int(facts_of(definition, frame).order_by().aggregate(figure=rule.adding)["figure"] or 0)


def figures_by(definition: IndicatorDefinition, frame: Frame, breakdown: Breakdown) -> dict[Any, int]:
    """The figure of each part of the area that has one: one query, whatever the number of parts."""
    rule = RULES[definition.rule]
    way = rule.path + breakdown
    rows = facts_of(definition, frame).order_by().values_list(way).annotate(figure=rule.adding)
    return {part: int(number or 0) for part, number in rows}
