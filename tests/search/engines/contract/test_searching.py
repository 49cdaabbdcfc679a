"""What both engines answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from search.engines.documents import Named
from search.engines.fields import order_of
from search.engines.port import BadQuestion, Facet, Question, SearchUnavailable, Sort
from search.language.analysis import analyse
from search.language.clauses import (
    Anything,
    Best,
    Every,
    Fact,
    FactField,
    FactPrefix,
    FactRange,
    Phrase,
    Plus,
    Silent,
    TextField,
)
from search.language.lexicon import Lexicon
from search.language.scoring import clause_for
from tests.search.listings import BASE, LISTINGS, everything, listing, named, skus


def test_words_are_found_without_tones(engine):
    assert skus(engine, Question(clause=named("sau rieng"))) == ["SAU-RIENG", "RIENG"]


def test_a_certificate_answers_its_name_before_a_text_that_claims_it(engine, writer):
    writer.write([listing("CLAIM", "Chè rừng hữu cơ"), listing("PAPER", "Chè đồi", certificates=("organic",))])
    for typed in ("hữu cơ", "organic"):
        assert skus(engine, Question(clause=clause_for(analyse(typed, Lexicon())))) == ["PAPER", "CLAIM"]


def test_an_exact_phrase_tells_rieng_from_rieng_with_another_tone(engine):
    toned = Phrase(TextField.NAME, ("sầu", "riêng"), exact=True)
    assert skus(engine, Question(clause=toned)) == ["SAU-RIENG"]


def test_a_phrase_does_not_run_from_one_name_into_the_next(engine):
    across = Phrase(TextField.CATEGORY, ("san", "trai"))
    assert skus(engine, Question(clause=across)) == []


@pytest.mark.parametrize("words", [("ch",), ("che", "t")])
def test_an_unfinished_word_is_found(engine, words):
    assert "TRA" in skus(engine, Question(clause=Phrase(TextField.NAME, words, prefix=True)))


def test_scores_are_the_sum_that_the_clause_says(engine):
    clause = Plus(
        base=Every((Phrase(TextField.NAME, ("che",), score=10), Silent(Phrase(TextField.CATEGORY, ("tra",))))),
        bonuses=(
            Best((Fact(FactField.STARS, (4,), score=3), Fact(FactField.STARS, (3, 4), score=2))),
            FactRange(FactField.PRICE, at_most=200_000, score=0.5),
            FactPrefix(FactField.HEAD, "che_n", score=0.25),
        ),
    )
    answer = engine.search(Question(clause=clause))
    assert [(c.score, d.sku) for c, d in zip(answer.candidates, engine.fetch(answer.candidates), strict=True)] == [
        (13.5, "TRA"),
        (12.25, "TRA-2"),
    ]


def test_several_choices_of_one_facet_widen_and_other_facets_narrow(engine):
    both = {Facet.PROVINCE: ("19", "24"), Facet.CATEGORY: ("2",)}
    assert sorted(skus(engine, everything(choices=both))) == ["RIENG", "SAU-RIENG"]
    assert skus(engine, everything(choices={**both, Facet.PROVINCE: ("24",)})) == ["SAU-RIENG"]


def test_a_facet_counts_what_each_of_its_choices_would_give(engine):
    answer = engine.search(
        everything(
            choices={Facet.PROVINCE: ("24",), Facet.CATEGORY: ("2",)},
            facets=(Facet.PROVINCE, Facet.CATEGORY, Facet.STOCK),
        )
    )
    assert answer.total == 1
    assert answer.counts[Facet.PROVINCE] == {"19": 1, "24": 1}
    assert answer.counts[Facet.CATEGORY] == {"1": 1, "2": 1}
    assert answer.counts[Facet.STOCK] == {"in": 1}


def test_every_value_of_a_facet_is_counted(engine, writer):
    households = [listing(f"H{n}", "Mật ong", household=Named(f"HN-X{n}", "")) for n in range(300)]
    writer.write(households)
    answer = engine.search(Question(clause=named("mat ong"), facets=(Facet.HOUSEHOLD,)))
    assert len(answer.counts[Facet.HOUSEHOLD]) == 300


def test_price_bounds_are_included(engine):
    assert sorted(skus(engine, everything(price_from=90_000, price_to=150_000))) == ["SAU-RIENG", "TRA"]


def test_sorting_by_price_and_age(engine, writer):
    assert skus(engine, everything(sort=Sort.CHEAPEST))[:2] == ["RIENG", "SAU-RIENG"]
    assert skus(engine, everything(sort=Sort.DEAREST))[0] == "TRA-2"
    writer.write([listing("NEW", "Cam", published_at=BASE.published_at + timedelta(days=1))])
    assert skus(engine, everything(sort=Sort.NEWEST))[0] == "NEW"


@pytest.mark.parametrize("sort", list(Sort))
def test_equals_stand_in_one_order_however_they_were_written(engine, writer, sort):
    equals = [listing(str(number), "Mật ong", price=9) for number in range(95, 125)]
    for one in (equals[20:], equals[:20][::-1]):
        writer.write(one)
    question = Question(clause=named("mat ong"), sort=sort)
    pages = [skus(engine, replace(question, offset=start, limit=8)) for start in range(0, 30, 8)]
    standing = sorted((one.sku for one in equals), key=order_of, reverse=sort in (Sort.DEAREST, Sort.NEWEST))
    assert [sku for page in pages for sku in page] == standing


def test_pages_do_not_overlap(engine):
    pages = [skus(engine, everything(sort=Sort.CHEAPEST, offset=offset, limit=2)) for offset in (0, 2, 4)]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert len({sku for page in pages for sku in page}) == len(LISTINGS)


def test_candidates_tell_households_apart(engine):
    sellers = {d.household.key: c.seller for c, d in _pairs(engine, Question(clause=Anything()))}
    assert len(set(sellers.values())) == 2


def test_the_stored_document_comes_back_whole(engine):
    found = engine.fetch(engine.search(Question(clause=named("chè tân cương"))).candidates)
    assert found == (LISTINGS[2],)


def test_suggestions_hold_listings_and_signposts(engine):
    found = engine.suggest(named("ta", prefix=True), Phrase(TextField.NAME, ("ta",), prefix=True), 5)
    assert [listing.sku for listing in found.listings] == ["TRA"]
    assert [(sign.kind, sign.detail) for sign in found.signposts] == [("commune", "Thái Nguyên")]


def test_the_fuller_signpost_comes_first(engine):
    found = engine.suggest(Anything(), Phrase(TextField.NAME, ("t",), prefix=True), 5)
    assert [sign.key for sign in found.signposts] == ["19", "3", "05503"]


def test_the_vocabulary_counts_listings_by_word_and_pair(engine):
    vocabulary = engine.vocabulary()
    assert vocabulary.words["chè"] == 2
    assert vocabulary.words["sản"] == 5
    assert vocabulary.heads["chè"] == 2
    assert vocabulary.pairs["tân_cương"] == 1
    assert "sản_trái" not in vocabulary.pairs


def test_a_question_that_cannot_be_taken_is_told_from_an_engine_that_is_away(engine):
    untakeable = Fact(FactField.PRICE, ("cheap",))
    with pytest.raises(BadQuestion):
        engine.search(Question(clause=untakeable))
    with pytest.raises(BadQuestion):
        engine.suggest(untakeable, Anything(), 5)
    assert engine.search(everything()).total == len(LISTINGS)


def test_numbers_beyond_all_numbers_can_be_asked(engine):
    assert skus(engine, everything(price_from=10**22)) == []
    beyond = Question(clause=FactRange(FactField.PRICE, -(10**30), 10**30), price_to=10**22)
    assert engine.search(beyond).total == len(LISTINGS)


def test_before_the_first_build_the_engine_says_so(pair):
    with pytest.raises(SearchUnavailable, match="reindex"):
        pair[0].search(everything())


def _pairs(engine, question):
    answer = engine.search(question)
    return zip(answer.candidates, engine.fetch(answer.candidates), strict=True)
