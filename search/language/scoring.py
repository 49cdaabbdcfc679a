"""A reading becomes clauses: where its concepts may be found, and how many points each place is worth.

A Vietnamese name says the kind first, so most points go to a name that begins with the thing; then, in this order, to a
category that says it, a name that says it elsewhere, the place, the household, and the description, which alone never
makes a listing the thing. ``docs/search.md`` has the table of points.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import Enum
from itertools import pairwise, product

from core.text import fold, has_marks
from search.language.certificates import sayings
from search.language.clauses import (
    Anything,
    Best,
    Clause,
    Every,
    Fact,
    FactField,
    FactRange,
    Phrase,
    Plus,
    Silent,
    TextField,
    unscored,
)
from search.language.needs import Need
from search.language.normal import is_prepared
from search.language.query import AnalysedQuery, Concept, Facts, Form, PlaceMeaning, Role
from search.language.wordlists import LEADING_WORDS

# Points. Those of a concept are shared out when the query has several required concepts.
NAME, CATEGORY, BOTH, ONE_OF_KINDS = 30.0, 34.0, 12.0, 24.0
SERVED = 34.0
HOUSEHOLD, PLACE_TEXT, PLACE_CODE, DESCRIPTION = 18.0, 26.0, 26.0, 8.0
HEAD, ADJACENT, PLAIN, COURTESY, PURPOSE = 36.0, 10.0, 8.0, 3.0, 16.0
LIKELY = 8.0
MEASURE, STARS, MONTH, UNIT, OCOP = 40.0, 45.0, 40.0, 30.0, 15.0
CERTIFIED, CLAIMED, CLAIMED_IN_DESCRIPTION = 100.0, 50.0, 42.0
"""CERTIFIED is more than NAME, HEAD and BOTH together, so a listing with the certificate goes before every listing that
only claims it."""

BARE_MATCH = 0.95
"""Factor where a toned word was only found by its bare form."""

PARTS_KNOWN, PARTS_PLAIN = 0.8, 0.4
"""Factors where a synonym was found by its parts: one of them has synonyms or a place of its own, or none has."""

CLASSES = frozenset((word,) for said in LEADING_WORDS for word in (said, fold(said)))
"""Words that fit many kinds, so a category that lists kinds may always say them: "Bò một nắng" in "Thịt, giò chả" is
thịt bò, although its name does not say thịt."""

MAX_HEAD_CONCEPTS = 3
MAX_COMBINATIONS = 24
"""The first concepts of a query whose forms are combined to heads, and the combinations that are tried."""

MIN_STARS, MAX_STARS = 3, 5
"""The OCOP programme gives certificates from three stars up."""


class MatchScope(Enum):
    """In which texts of a listing the required concepts may be found, from few to all."""

    BEGUN = "begun"  # as NAMED; and the first thing must begin the name or be said by a category
    NAMED = "named"  # no concept counts that only the description says
    DESCRIBED = "described"  # the first thing must be said outside of the description, the others need not
    ANYWHERE = "anywhere"  # the description counts for all


def clause_for(query: AnalysedQuery, scope: MatchScope = MatchScope.DESCRIBED) -> Clause:
    """The clause of a reading: its required concepts and its price limits must match; everything else adds points."""
    required = [concept for concept in query.concepts if concept.is_required]
    facts = _fact_bonuses(query.facts)
    limits = _limits(query.facts)
    if not required:
        return _facts_only(facts, limits)
    share = 1 / len(required)
    anchor = next((concept for concept in required if concept.role is Role.CONTENT), required[0])
    others = [concept for concept in required if concept is not anchor]
    described = {MatchScope.DESCRIBED: others, MatchScope.ANYWHERE: required}.get(scope, [])
    alone = len(query.content) < 2
    parts = [_concept(concept, share, described=concept in described, alone=alone) for concept in required]
    limits += _said_together(query.content) if scope is MatchScope.ANYWHERE else []
    limits += [_begun(anchor)] if scope is MatchScope.BEGUN else []
    base: Clause = Every((*parts, *limits)) if len(parts) + len(limits) > 1 else parts[0]
    about = (*_heads(query), *_side_by_side(required), *_as_harvested(required), *_asides(query), *_likely(query))
    return Plus(base, (*about, *facts))


def exact_clause_for(query: AnalysedQuery, scope: MatchScope) -> Clause | None:
    """What matches those listings of ``clause_for`` that are what the reading asks for, or None where all of them are.

    Only near are: what only a synonym for something near finds, what only a description mentions, and what lacks a
    weight, stars or a month that was asked for. A certificate is left to the page, which names those that nothing has.
    """
    concepts = tuple(map(_without_near, query.concepts))
    outside = MatchScope.DESCRIBED if scope is MatchScope.ANYWHERE else scope
    facts = replace(query.facts, certificates=(), ocop=False, unit_words=())
    asked = [Silent(bonus) for bonus in _fact_bonuses(facts)] if query.content else []
    if concepts == query.concepts and outside is scope and not asked:
        return None
    return Every((unscored(clause_for(replace(query, concepts=concepts), outside)), *asked))


def _without_near(concept: Concept) -> Concept:
    forms = tuple(form for form in concept.forms if not form.is_near)
    return replace(concept, forms=forms, parts=tuple(map(_without_near, concept.parts)))


def _facts_only(facts: Sequence[Clause], limits: Sequence[Clause]) -> Clause:
    """The clause where no concept is required ("ocop 5 sao"): the first fact must match, the others add points."""
    if not facts:
        return Every(tuple(limits)) if limits else Anything()
    wanted: Clause = Best(tuple(facts[:1]))
    return Plus(Every((wanted, *limits)), tuple(facts[1:])) if limits or facts[1:] else wanted


def _said_together(concepts: Sequence[Concept]) -> list[Clause]:
    """Two concepts that only a description need say must at least stand side by side: "quà tết" and never "thuốc" far
    from "tây"."""
    if len(concepts) < 2:
        return []
    pairs = [Form(one.typed + two.typed) for one, two in pairwise(concepts)]
    ways = (_phrase(field, pair, 0.0) for pair in pairs for field in (TextField.DESCRIPTION, TextField.NAME))
    return [Silent(Best(tuple(ways)))]


def _concept(concept: Concept, share: float, *, described: bool, alone: bool = True) -> Clause:
    """One concept, by any of its forms in any text; ``share`` is its part of the points.

    ``alone``: the query names no other thing. Then a category that lists this thing among others may stand for it. Of
    two things each would be found in another list: "trứng vịt" in "Thịt, trứng" and "Gà, vịt". And a single syllable
    that is only in the name of a household does not count then, because "hạnh" (almond) is no cô Hạnh.
    """
    ways: list[Clause] = []
    for form in concept.forms:
        worth = share * form.weight
        name = _phrase(TextField.NAME, form, NAME * worth)
        if form.begins_name:
            name = Every((name, Silent(_head((Concept((form,)),), 0.0))))
        category = _phrase(TextField.CATEGORY, form, CATEGORY * worth)
        both = _phrase(TextField.CATEGORY, form, BOTH * worth)
        ways += [Plus(name, (both,)), category]
        if form.weight == 1.0 and (len(form.words) > 1 or not alone):
            ways.append(_phrase(TextField.HOUSEHOLD, form, HOUSEHOLD * worth))
        if alone or form.words in CLASSES:
            ways.append(_phrase(TextField.KINDS, form, ONE_OF_KINDS * worth))
        if described and not form.begins_name:
            ways.append(_phrase(TextField.DESCRIPTION, form, DESCRIPTION * worth))
    ways += [_served(need, SERVED * share) for need in concept.needs]
    if concept.place is not None:
        ways += _place(concept.forms[0], concept.place, share)
    if concept.parts:
        is_more = any(len(part.forms) > 1 or part.place for part in concept.parts)
        within = share * (PARTS_KNOWN if is_more else PARTS_PLAIN) / len(concept.parts)
        ways.append(Every(tuple(_concept(part, within, described=False, alone=False) for part in concept.parts)))
    return Best(tuple(ways))


def _served(need: Need, score: float) -> Clause:
    """A listing that has all that serves the need."""
    facts = (
        (FactField.CATEGORY_ID, (need.category,) if need.category else ()),
        (FactField.MONTH, need.months),
        (FactField.STARS, tuple(range(need.min_stars, MAX_STARS + 1)) if need.min_stars else ()),
        (FactField.CERTIFICATE, (need.certificate,) if need.certificate else ()),
    )
    asked = [Fact(field, values, 0.0) for field, values in facts if values]
    return Every((replace(asked[0], score=score), *asked[1:]))


def named(concept: Concept) -> Clause:
    """A concept that must be found outside of the description."""
    return _concept(concept, 1.0, described=False)


def _place(name: Form, meaning: PlaceMeaning, share: float) -> list[Clause]:
    ways: list[Clause] = [_phrase(TextField.PLACE, name, PLACE_TEXT * share)]
    if meaning.communes:
        ways.append(Fact(FactField.COMMUNE, meaning.communes, PLACE_CODE * share))
    if meaning.provinces:
        ways.append(Fact(FactField.PROVINCE, meaning.provinces, PLACE_CODE * share))
    return ways


def _phrase(field: TextField, form: Form, score: float) -> Clause:
    """The words of a form side by side in a field. A toned word must be that word, or bare in a text without any tones;
    a bare word stands for any toned word, unless the form is literal.

    In the name of a category one syllable may be half of another word, and so "che" is no chế in "Đồ chế biến". There
    one bare word stands for what begins the name, or for a toned word that names of listings begin with (chè); and a
    synonym of one word must begin the name: thơm (dứa, pineapple) is not in "Rau thơm" (herbs).
    """
    words, bare = form.words, tuple(fold(word) for word in form.words)
    is_alone = len(words) == 1 and field in (TextField.CATEGORY, TextField.KINDS)
    first = is_alone and form.weight < 1.0
    if words == bare and not form.is_literal:
        folded = Phrase(field, bare, score=score, at_start=is_alone)
        toned = tuple(Phrase(field, (head,), exact=True, score=score) for head in form.heads if is_alone)
        return Best((folded, *toned)) if toned else folded
    if _has_known_tones(form):
        as_said = Phrase(field, words, exact=True, score=score, at_start=first)
        return Best((as_said, Phrase(field, bare, bare=True, score=score * BARE_MATCH, at_start=first)))
    words_as_said = tuple(
        Silent(Best((Phrase(field, (word,), exact=True), Phrase(field, (fold(word),), bare=True))))
        for word in words
        if has_marks(word)
    )
    return Every((Phrase(field, bare, score=score), *words_as_said))


def _has_known_tones(form: Form) -> bool:
    """Are the tones of every word known? They are in a literal form, in a synonym, and where each word is toned; they
    are not in a typed "sầu rieng"."""
    return form.is_literal or form.weight < 1.0 or all(has_marks(word) for word in form.words)


def _heads(query: AnalysedQuery) -> Iterable[Clause]:
    """Points for names that begin with the first concept, with the first two, with the first three."""
    concepts = query.content[:MAX_HEAD_CONCEPTS]
    for length in range(1, len(concepts) + 1):
        yield _head(concepts[:length], HEAD / len(concepts))
    if len(concepts) > 1:
        yield Best(tuple(_head((concept,), HEAD / len(concepts) / 2) for concept in concepts[1:]))


def _begun(concept: Concept) -> Clause:
    """The concept begins the name, or a category says it; for no points."""
    categories = (_phrase(TextField.CATEGORY, form, 0.0) for form in concept.forms)
    return Silent(Best((_head((concept,), 0.0), *categories)))


def _head(concepts: Sequence[Concept], score: float) -> Clause:
    """Points for a name that begins with these concepts, each in any of its forms."""
    ways: list[Clause] = []
    for forms in _combinations(concepts):
        words = tuple(word for form in forms for word in form.words)
        weight = min(form.weight for form in forms)
        if any(has_marks(word) for word in words) or all(form.is_literal for form in forms):
            said, bare = "_".join(words), fold("_".join(words))
            ways.append(Fact(FactField.HEAD_EXACT, (said,), score * weight))
            ways.append(Fact(FactField.HEAD_BARE, (bare,), score * weight))
            if not all(_has_known_tones(form) for form in forms):
                ways.append(Fact(FactField.HEAD, (bare,), score * weight * BARE_MATCH))
        else:
            ways.append(Fact(FactField.HEAD, ("_".join(words),), score * weight))
    return Best(tuple(ways))


def _combinations(concepts: Sequence[Concept]) -> list[tuple[Form, ...]]:
    """One form of each concept, in every combination; those of the highest weight first."""
    combined = product(*(concept.forms for concept in concepts))
    return sorted(combined, key=lambda forms: -min(form.weight for form in forms))[:MAX_COMBINATIONS]


def _side_by_side(concepts: Sequence[Concept]) -> Iterable[Clause]:
    """Points for two concepts that stand side by side in the name as they were typed."""
    pairs = list(pairwise(concepts))
    for one, two in pairs:
        ways = (
            _phrase(
                TextField.NAME,
                Form(
                    first.words + second.words,
                    min(first.weight, second.weight),
                    is_literal=_has_known_tones(first) and _has_known_tones(second),
                ),
                ADJACENT / len(pairs) * min(first.weight, second.weight),
            )
            for first, second in _combinations((one, two))
        )
        yield Best(tuple(ways))


def _as_harvested(concepts: Sequence[Concept]) -> Iterable[Clause]:
    """Points for the thing as harvested, where the query names no preparation and no seedling."""
    said = [word for concept in concepts for word in concept.typed]
    if not is_prepared(said, typed=True):
        yield Fact(FactField.STATE, ("plain",), PLAIN)


def _likely(query: AnalysedQuery) -> Iterable[Clause]:
    """Points for the toned words that one bare word may stand for, by their share of the names."""
    if len(query.likely) > 1:
        yield Best(tuple(Fact(FactField.HEAD_EXACT, (word,), LIKELY * share) for word, share in query.likely))


def _asides(query: AnalysedQuery) -> Iterable[Clause]:
    """Points for courtesies and purposes where a text has them."""
    purposes = [concept for concept in query.concepts if concept.role is Role.PURPOSE]
    for concept in query.concepts:
        if concept.role is Role.COURTESY:
            yield _aside(concept, COURTESY)
        elif concept.role is Role.PURPOSE:
            yield _aside(concept, PURPOSE / len(purposes))


def _aside(concept: Concept, worth: float) -> Clause:
    fields = ((TextField.NAME, worth), (TextField.UNIT, worth), (TextField.DESCRIPTION, worth / 2))
    ways = (_phrase(field, form, score * form.weight) for form in concept.forms for field, score in fields)
    return Best((*ways, *(_served(need, worth) for need in concept.needs)))


def _fact_bonuses(facts: Facts) -> list[Clause]:
    """Points for each fact. Facts hide nothing: the same thing in another package or with other stars comes later."""
    bonuses: list[Clause] = []
    if facts.stars:
        bonuses.append(Fact(FactField.STARS, facts.stars, STARS))
    if facts.ocop or facts.stars:
        bonuses.append(Fact(FactField.STARS, tuple(range(MIN_STARS, MAX_STARS + 1)), OCOP))
    if facts.certificates:
        bonuses.append(_certified(facts.certificates))
    for measure in facts.measures:
        weight = FactRange(FactField.WEIGHT, measure.amount, measure.amount, MEASURE)
        texts = (Phrase(field, (measure.word,), score=MEASURE) for field in (TextField.NAME, TextField.UNIT))
        bonuses.append(Best((weight, *texts)))
    for word in facts.unit_words:
        said = (_phrase(field, Form((word,)), UNIT) for field in (TextField.UNIT, TextField.NAME))
        bonuses.append(Best(tuple(said)))
    if facts.months:
        bonuses.append(Fact(FactField.MONTH, facts.months, MONTH))
    return bonuses


def _certified(kinds: Sequence[str]) -> Clause:
    """Points for a certificate of one of these kinds, and fewer for a text that claims it."""
    said = [Form(words) for kind in kinds for words in sayings(kind)]
    fields = (TextField.NAME, TextField.CATEGORY, TextField.HOUSEHOLD)
    claimed = [_phrase(field, form, CLAIMED) for form in said for field in fields]
    described = [_phrase(TextField.DESCRIPTION, form, CLAIMED_IN_DESCRIPTION) for form in said]
    return Best((Fact(FactField.CERTIFICATE, tuple(kinds), CERTIFIED), *claimed, *described))


def _limits(facts: Facts) -> list[Clause]:
    """The price limits, which must match and score nothing."""
    if facts.price_at_least is None and facts.price_at_most is None:
        return []
    return [Silent(FactRange(FactField.PRICE, facts.price_at_least, facts.price_at_most))]
