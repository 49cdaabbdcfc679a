"""Clauses translated for Elasticsearch."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from elasticsearch.dsl import Q

from search.language.clauses import (
    Anything,
    Best,
    Clause,
    Every,
    Fact,
    FactPrefix,
    FactRange,
    Phrase,
    Plus,
    Silent,
)

MAX_ENDINGS = 1_000
"""How many ways an unfinished last word may go on; all folded syllables of one first letter are fewer."""


def query(clause: Clause) -> Any:
    match clause:
        case Phrase(score=score) | Fact(score=score) | FactPrefix(score=score) | FactRange(score=score):
            return _constant(_leaf(clause), score)
        case Every(parts):
            return Q("bool", must=[query(part) for part in parts])
        case Best(parts):
            return Q("dis_max", queries=[query(part) for part in parts])
        case Plus(base, bonuses):
            return Q("bool", must=[query(base)], should=[query(bonus) for bonus in bonuses])
        case Silent(inner):
            return _constant(query(inner), 0.0)
        case Anything():
            return _constant(Q("match_all"), 0.0)


def keyword(field: str, values: Iterable[str]) -> Any:
    return Q("terms", **{field: list(values)})


def between(field: str, least: int | None, most: int | None) -> Any:
    bounds = {name: bound for name, bound in (("gte", least), ("lte", most)) if bound is not None}
    return Q("range", **{field: bounds})


def _constant(found: Any, score: float) -> Any:
    return Q("constant_score", filter=found, boost=score)


def _leaf(clause: Phrase | Fact | FactPrefix | FactRange) -> Any:
    match clause:
        case Phrase():
            return _phrase(clause)
        case Fact(field, values):
            return keyword(field.value, [str(value) for value in values])
        case FactPrefix(field, value):
            return Q("prefix", **{field.value: value})
        case FactRange(field, least, most):
            return between(field.value, least, most)


def _phrase(phrase: Phrase) -> Any:
    field = phrase.index_field
    text = " ".join(phrase.indexed_words)
    if len(phrase.indexed_words) == 1:
        return Q("prefix" if phrase.prefix else "term", **{field: text})
    if phrase.prefix:
        return Q("match_phrase_prefix", **{field: {"query": text, "max_expansions": MAX_ENDINGS}})
    return Q("match_phrase", **{field: text})
