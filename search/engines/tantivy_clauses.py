"""Clauses translated for tantivy."""

from __future__ import annotations

import re

import tantivy
from tantivy import FieldType, Occur, Query

from search.engines.fields import NUMBER
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


class Translator:
    def __init__(self, schema: tantivy.Schema) -> None:
        self.schema = schema

    def query(self, clause: Clause) -> Query:
        match clause:
            case Phrase(score=score) | Fact(score=score) | FactPrefix(score=score) | FactRange(score=score):
                return Query.const_score_query(self._leaf(clause), score)
            case Every(parts):
                return Query.boolean_query([(Occur.Must, self.query(part)) for part in parts])
            case Best(parts):
                return Query.disjunction_max_query([self.query(part) for part in parts])
            case Plus(base, bonuses):
                return self._plus(base, bonuses)
            case Silent(inner):
                return Query.const_score_query(self.query(inner), 0.0)
            case Anything():
                return Query.const_score_query(Query.all_query(), 0.0)

    def keyword(self, field: str, values: tuple[str, ...]) -> Query:
        """A filter: any of these values, scoring nothing."""
        return Query.const_score_query(Query.term_set_query(self.schema, field, list(values)), 0.0)

    def between(self, field: str, least: int | None, most: int | None) -> Query:
        found = Query.range_query(self.schema, field, FieldType.Integer, lower_bound=least, upper_bound=most)
        return Query.const_score_query(found, 0.0)

    def _plus(self, base: Clause, bonuses: tuple[Clause, ...]) -> Query:
        parts = [(Occur.Must, self.query(base))]
        return Query.boolean_query(parts + [(Occur.Should, self.query(bonus)) for bonus in bonuses])

    def _leaf(self, clause: Phrase | Fact | FactPrefix | FactRange) -> Query:
        match clause:
            case Phrase():
                return self._phrase(clause)
            case Fact(field, values) if field in NUMBER:
                same = [self.between(field.value, int(value), int(value)) for value in values]
                return Query.disjunction_max_query(same)
            case Fact(field, values):
                return Query.term_set_query(self.schema, field.value, [str(value) for value in values])
            case FactPrefix(field, value):
                return Query.regex_query(self.schema, field.value, re.escape(value) + ".*")
            case FactRange(field, least, most):
                return self.between(field.value, least, most)

    def _phrase(self, phrase: Phrase) -> Query:
        field = phrase.index_field
        words: list[str | tuple[int, str]] = list(phrase.indexed_words)
        if phrase.prefix:
            return Query.phrase_prefix_query(self.schema, field, words)
        if len(words) == 1:
            return Query.term_query(self.schema, field, phrase.indexed_words[0])
        return Query.phrase_query(self.schema, field, words)
