"""An analysed query becomes clauses: where a word may be found, and what finding it there is worth.

The order of worth, from the structure of Vietnamese names: a name that begins with the thing (the head says the kind),
a name and a category that both say it, the category alone, the name elsewhere, the places and the household, and last
the description, which only ever supports.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
)
from search.language.normal import is_prepared
from search.language.query import AnalysedQuery, Concept, Facts, Form, PlaceMeaning, Role
from search.language.wordlists import LEADING_WORDS

NAME, CATEGORY, BOTH, ONE_OF_KINDS = 30.0, 34.0, 12.0, 24.0
HOUSEHOLD, PLACE_TEXT, DESCRIPTION = 18.0, 26.0, 8.0
PLACE_CODE = 26.0
HEAD, ADJACENT, PLAIN, COURTESY, PURPOSE = 36.0, 10.0, 8.0, 3.0, 16.0
LIKELY = 8.0
MEASURE, STARS, MONTH, UNIT, OCOP = 40.0, 45.0, 40.0, 30.0, 15.0
CLASSES = frozenset((word,) for said in LEADING_WORDS for word in (said, fold(said)))
"""What many kinds are: "Bò một nắng" among "Thịt, giò chả" is thịt bò, though its name does not say so."""
MAX_HEAD_CONCEPTS = 3
MAX_COMBINATIONS = 24
BARE_TITLE = 0.95
APART, FAR_APART = 0.8, 0.4
MIN_STARS = 3
CERTIFIED, CLAIMED, SAID_TO_BE = 100.0, 50.0, 42.0
"""A paper weighs more than a name that begins with the thing (NAME, HEAD and BOTH against CATEGORY alone), so that no
description that only claims it comes first."""


class MatchScope(Enum):
    """How far from the name a word may be found."""

    BEGUN = "begun"  # the name or the category begins with the first thing, as in NAMED for the rest
    NAMED = "named"  # nothing only in the description
    DESCRIBED = "described"  # the thing itself not only in the description
    ANYWHERE = "anywhere"


def clause_for(query: AnalysedQuery, scope: MatchScope = MatchScope.DESCRIBED) -> Clause:
    """What must match and what it is worth."""
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
    about = (*_heads(query), *_neighbours(required), *_as_harvested(required), *_asides(query), *_likely(query))
    return Plus(base, (*about, *facts))


def _facts_only(facts: Sequence[Clause], limits: Sequence[Clause]) -> Clause:
    """ "ocop 5 sao": with no thing named, the facts are what is looked for."""
    if not facts:
        return Every(tuple(limits)) if limits else Anything()
    wanted: Clause = Best(tuple(facts[:1]))
    return Plus(Every((wanted, *limits)), tuple(facts[1:])) if limits or facts[1:] else wanted


def _said_together(concepts: Sequence[Concept]) -> list[Clause]:
    """Words found only in descriptions must at least follow each other there: "quà tết", never "thuốc" and "tây"."""
    if len(concepts) < 2:
        return []
    pairs = [Form(one.typed + two.typed) for one, two in pairwise(concepts)]
    ways = (_phrase(field, pair, 0.0) for pair in pairs for field in (TextField.DESCRIPTION, TextField.NAME))
    return [Silent(Best(tuple(ways)))]


def _concept(concept: Concept, share: float, *, described: bool, alone: bool = True) -> Clause:
    """``alone``: no other thing is named. Then a category that lists this one among others may stand for it, and is
    worth little; of two things each would find a sibling there ("trứng vịt" in "Thịt, trứng" and in "Gà, vịt"). A lone
    syllable that only a household is called is nothing it sells: "hạnh" is no cô Hạnh."""
    ways: list[Clause] = []
    for form in concept.forms:
        worth = share * form.weight
        name = _phrase(TextField.NAME, form, NAME * worth)
        category = _phrase(TextField.CATEGORY, form, CATEGORY * worth)
        both = _phrase(TextField.CATEGORY, form, BOTH * worth)
        ways += [Plus(name, (both,)), category]
        if form.weight == 1.0 and (len(form.words) > 1 or not alone):
            ways.append(_phrase(TextField.HOUSEHOLD, form, HOUSEHOLD * worth))
        if alone or form.words in CLASSES:
            ways.append(_phrase(TextField.KINDS, form, ONE_OF_KINDS * worth))
        if described:
            ways.append(_phrase(TextField.DESCRIPTION, form, DESCRIPTION * worth))
    if concept.place is not None:
        ways += _place(concept.forms[0], concept.place, share)
    if concept.parts:
        is_more = any(len(part.forms) > 1 or part.place for part in concept.parts)
        within = share * (APART if is_more else FAR_APART) / len(concept.parts)
        ways.append(Every(tuple(_concept(part, within, described=False, alone=False) for part in concept.parts)))
    return Best(tuple(ways))


def named(concept: Concept) -> Clause:
    """A concept that must be said outside of the description."""
    return _concept(concept, 1.0, described=False)


def _place(name: Form, meaning: PlaceMeaning, share: float) -> list[Clause]:
    ways: list[Clause] = [_phrase(TextField.PLACE, name, PLACE_TEXT * share)]
    if meaning.communes:
        ways.append(Fact(FactField.COMMUNE, meaning.communes, PLACE_CODE * share))
    if meaning.provinces:
        ways.append(Fact(FactField.PROVINCE, meaning.provinces, PLACE_CODE * share))
    return ways


def _phrase(field: TextField, form: Form, score: float) -> Clause:
    """These words side by side: those with tones as they are (or in a title without any), the bare ones in any tone."""
    words, bare = form.words, tuple(fold(word) for word in form.words)
    if words == bare and not form.is_literal:
        return Phrase(field, bare, score=score)
    if _is_settled(form):
        as_said = Phrase(field, words, exact=True, score=score)
        return Best((as_said, Phrase(field, bare, bare=True, score=score * BARE_TITLE)))
    toned = tuple(
        Silent(Best((Phrase(field, (word,), exact=True), Phrase(field, (fold(word),), bare=True))))
        for word in words
        if has_marks(word)
    )
    return Every((Phrase(field, bare, score=score), *toned))


def _is_settled(form: Form) -> bool:
    """A form from a rule or with every word marked has no open tones; a typed one may have ("sầu rieng")."""
    return form.is_literal or form.weight < 1.0 or all(has_marks(word) for word in form.words)


def _heads(query: AnalysedQuery) -> Iterable[Clause]:
    """Names that begin with the first concept, with the first two, with the first three."""
    concepts = query.content[:MAX_HEAD_CONCEPTS]
    for length in range(1, len(concepts) + 1):
        yield _head(concepts[:length], HEAD / len(concepts))
    if len(concepts) > 1:
        yield Best(tuple(_head((concept,), HEAD / len(concepts) / 2) for concept in concepts[1:]))


def _begun(concept: Concept) -> Clause:
    """The concept opens the name, or a category says it."""
    categories = (_phrase(TextField.CATEGORY, form, 0.0) for form in concept.forms)
    return Silent(Best((_head((concept,), 0.0), *categories)))


def _head(concepts: Sequence[Concept], score: float) -> Clause:
    ways: list[Clause] = []
    for forms in _readings(concepts):
        words = tuple(word for form in forms for word in form.words)
        weight = min(form.weight for form in forms)
        if any(has_marks(word) for word in words) or all(form.is_literal for form in forms):
            said, bare = "_".join(words), fold("_".join(words))
            ways.append(Fact(FactField.HEAD_EXACT, (said,), score * weight))
            ways.append(Fact(FactField.HEAD_BARE, (bare,), score * weight))
            if not all(_is_settled(form) for form in forms):
                ways.append(Fact(FactField.HEAD, (bare,), score * weight * BARE_TITLE))
        else:
            ways.append(Fact(FactField.HEAD, ("_".join(words),), score * weight))
    return Best(tuple(ways))


def _readings(concepts: Sequence[Concept]) -> list[tuple[Form, ...]]:
    """The ways of saying several concepts one after the other, the closest first."""
    combined = product(*(concept.forms for concept in concepts))
    readings = sorted(combined, key=lambda forms: -min(form.weight for form in forms))
    return readings[:MAX_COMBINATIONS]


def _neighbours(concepts: Sequence[Concept]) -> Iterable[Clause]:
    """Concepts that follow each other in the name as they were typed."""
    pairs = list(pairwise(concepts))
    for one, two in pairs:
        ways = (
            _phrase(
                TextField.NAME,
                Form(
                    first.words + second.words,
                    min(first.weight, second.weight),
                    is_literal=_is_settled(first) and _is_settled(second),
                ),
                ADJACENT / len(pairs) * min(first.weight, second.weight),
            )
            for first, second in _readings((one, two))
        )
        yield Best(tuple(ways))


def _as_harvested(concepts: Sequence[Concept]) -> Iterable[Clause]:
    """Who names a thing and no preparation means the thing itself before what is made from it."""
    said = [word for concept in concepts for word in concept.typed]
    if not is_prepared(said, typed=True):
        yield Fact(FactField.STATE, ("plain",), PLAIN)


def _likely(query: AnalysedQuery) -> Iterable[Clause]:
    if len(query.likely) > 1:
        yield Best(tuple(Fact(FactField.HEAD_EXACT, (word,), LIKELY * share) for word, share in query.likely))


def _asides(query: AnalysedQuery) -> Iterable[Clause]:
    """Courtesies and purposes: worth a little where a text has them."""
    purposes = [concept for concept in query.concepts if concept.role is Role.PURPOSE]
    for concept in query.concepts:
        if concept.role is Role.COURTESY:
            yield _aside(concept, COURTESY)
        elif concept.role is Role.PURPOSE:
            yield _aside(concept, PURPOSE / len(purposes))


def _aside(concept: Concept, worth: float) -> Clause:
    fields = ((TextField.NAME, worth), (TextField.UNIT, worth), (TextField.DESCRIPTION, worth / 2))
    ways = (_phrase(field, form, score * form.weight) for form in concept.forms for field, score in fields)
    return Best(tuple(ways))


def _fact_bonuses(facts: Facts) -> list[Clause]:
    """Facts order the results; they never hide the same thing in another package or with another star."""
    bonuses: list[Clause] = []
    if facts.stars:
        bonuses.append(Fact(FactField.STARS, facts.stars, STARS))
    if facts.ocop or facts.stars:
        bonuses.append(Fact(FactField.STARS, tuple(range(MIN_STARS, 6)), OCOP))
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
    """A certificate of one of these kinds; texts that say the word are found too, and stand behind."""
    said = [Form(words) for kind in kinds for words in sayings(kind)]
    fields = (TextField.NAME, TextField.CATEGORY, TextField.HOUSEHOLD)
    claimed = [_phrase(field, form, CLAIMED) for form in said for field in fields]
    described = [_phrase(TextField.DESCRIPTION, form, SAID_TO_BE) for form in said]
    return Best((Fact(FactField.CERTIFICATE, tuple(kinds), CERTIFIED), *claimed, *described))


def _limits(facts: Facts) -> list[Clause]:
    if facts.price_at_least is None and facts.price_at_most is None:
        return []
    return [Silent(FactRange(FactField.PRICE, facts.price_at_least, facts.price_at_most))]
