"""What a clause means for one document: its score, or None where it does not match."""

from __future__ import annotations

from collections.abc import Iterable

from search.engines.fields import FieldValues
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


def score_of(clause: Clause, fields: FieldValues) -> float | None:
    match clause:
        case Phrase(score=score) | Fact(score=score) | FactPrefix(score=score) | FactRange(score=score):
            return score if _matches(clause, fields) else None
        case Every(parts):
            scores = [score_of(part, fields) for part in parts]
            return None if None in scores else sum(filter(None, scores))
        case Best(parts):
            return max(_found(score_of(part, fields) for part in parts), default=None)
        case Plus(base, bonuses):
            own = score_of(base, fields)
            return None if own is None else own + sum(_found(score_of(bonus, fields) for bonus in bonuses))
        case Silent(inner):
            return None if score_of(inner, fields) is None else 0.0
        case Anything():
            return 0.0


def _found(scores: Iterable[float | None]) -> list[float]:
    return [score for score in scores if score is not None]


def _matches(clause: Phrase | Fact | FactPrefix | FactRange, fields: FieldValues) -> bool:
    match clause:
        case Phrase():
            return _says(clause, fields)
        case Fact(field, values):
            return not {str(value) for value in values}.isdisjoint(_values(fields.get(field.value, [])))
        case FactPrefix(field, start):
            return any(value.startswith(start) for value in _values(fields.get(field.value, [])))
        case FactRange(field, least, most):
            number = int(str(fields.get(field.value, 0)))
            return (least is None or number >= least) and (most is None or number <= most)


def _says(phrase: Phrase, fields: FieldValues) -> bool:
    """Do the phrase's words stand side by side in its field, the last one perhaps unfinished?"""
    text = f" {fields.get(phrase.index_field, '')} "
    return f" {' '.join(phrase.indexed_words)}{'' if phrase.prefix else ' '}" in text


def _values(value: str | int | list[str]) -> list[str]:
    return value if isinstance(value, list) else [str(value)]
