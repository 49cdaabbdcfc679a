"""The last resort finds, scores and counts as the embedded engine does."""

from __future__ import annotations

import pytest

from search.engines.plain import PlainEngine
from search.engines.port import Facet, Question, Sort
from search.engines.tantivy_engine import TantivyEngine
from search.engines.tantivy_index import TantivyWriter
from search.language.clauses import Anything, Every, Fact, FactField, FactPrefix, FactRange, Phrase, Plus, TextField
from search.language.lexicon import Lexicon
from search.language.plan import steps
from tests.search.listings import LISTINGS, SIGNPOSTS, everything, named, skus

CLAUSES = (
    Anything(),
    named("sau rieng"),
    named("ch", prefix=True),
    Phrase(TextField.NAME, ("che", "t"), prefix=True),
    Phrase(TextField.CATEGORY, ("san", "trai")),
    Phrase(TextField.NAME, ("sầu", "riêng"), exact=True),
    Phrase(TextField.NAME, ("sau", "rieng"), bare=True),
    Phrase(TextField.UNIT, ("kg",), bare=True),
    Phrase(TextField.KINDS, ("tra",)),
    Fact(FactField.MONTH, (5, 12)),
    FactPrefix(FactField.HEAD, "che_n"),
    FactRange(FactField.WEIGHT, at_least=1_000),
    Every((Fact(FactField.STOCK, ("in",)), FactRange(FactField.PRICE, at_most=100_000))),
    Plus(named("che"), (FactPrefix(FactField.HEAD, "che_tan", 7.5),)),
    *(step.clause for text in ("chè tân cương", "gao 5kg", "sầu rieng") for step in steps(text, Lexicon())),
)


@pytest.fixture
def plain():
    return PlainEngine(lambda: (LISTINGS, SIGNPOSTS))


@pytest.fixture
def embedded(tmp_path):
    build = TantivyWriter(tmp_path).start_build()
    build.write(LISTINGS)
    build.write_signposts(SIGNPOSTS)
    build.publish()
    return TantivyEngine(tmp_path)


def summary(engine, question):
    answer = engine.search(question)
    scores = zip(engine.fetch(answer.candidates), answer.candidates, strict=True)
    return sorted((found.sku, round(candidate.score, 3)) for found, candidate in scores), answer.total, answer.counts


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: type(clause).__name__)
def test_it_finds_scores_and_counts_alike(plain, embedded, clause):
    facets = (Facet.CATEGORY, Facet.PROVINCE, Facet.STOCK)
    for choices in ({}, {Facet.PROVINCE: ("24",)}, {Facet.CATEGORY: ("2", "3"), Facet.STOCK: ("in",)}):
        question = Question(clause=clause, choices=choices, facets=facets)
        assert summary(plain, question) == summary(embedded, question)


@pytest.mark.parametrize("sort", [Sort.CHEAPEST, Sort.DEAREST])
def test_it_sorts_and_bounds_prices_alike(plain, embedded, sort):
    question = everything(sort=sort, price_from=20_000, price_to=180_000)
    assert skus(plain, question) == skus(embedded, question)


def test_it_suggests_and_counts_words_alike(plain, embedded):
    asked = (named("t", prefix=True), Phrase(TextField.NAME, ("t",), prefix=True), 5)
    assert {d.sku for d in plain.suggest(*asked).listings} == {d.sku for d in embedded.suggest(*asked).listings}
    assert plain.suggest(*asked).signposts == embedded.suggest(*asked).signposts
    assert plain.vocabulary() == embedded.vocabulary()
    assert plain.fingerprints() == embedded.fingerprints()
