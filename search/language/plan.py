"""What is tried, and in which order: as typed, decoded, mended, relaxed.

The service asks the engine for each step in turn and stops at the first that finds something. A text that makes no
sense to the catalogue while a cheap mending does, is mended before it is looked for in descriptions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from search.language.analysis import Language, analyse, reading_of, spelt_reading
from search.language.query import AnalysedQuery, Concept, Role, Stage, Step
from search.language.relaxing import neighbours, relaxations
from search.language.repair import Repair
from search.language.scoring import Reach, clause_for
from search.language.telex import decode

CHEAP = 1.0


def steps(text: str, language: Language, month: int | None = None) -> Iterator[Step]:
    """The searches to try for a typed text, most faithful first."""
    typed = analyse(text, language, month)
    if spelt := spelt_reading(typed, language):
        yield _step(Stage.AS_TYPED, spelt, Reach.DESCRIBED)
    decoded = decoded_reading(typed, language)
    repair = repair_of(decoded or typed, language)
    mended = _mended(decoded or typed, repair, language)
    is_sure = repair is not None and repair.cost <= CHEAP
    if is_sure:
        yield _step(Stage.AS_TYPED, typed, Reach.NAMED)
        yield from _alternatives(decoded, mended)
        yield from _as_typed(typed)
    else:
        yield from _as_typed(typed)
        yield from _alternatives(decoded, mended)
    for whole in (mended, decoded or typed) if is_sure else (decoded or typed,):
        for query, dropped in relaxations(whole, language) if whole else ():
            yield replace(_step(Stage.RELAXED, query, _reach_of_the_rest(query)), dropped=dropped)


def nearby_steps(step: Step, language: Language) -> Iterator[Step]:
    """What may be shown below few results, said to be only near: the same thing elsewhere, other kinds of the thing."""
    for query in neighbours(step.query, language):
        yield _step(Stage.NEARBY, query, Reach.NAMED)


def did_you_mean(text: str, language: Language) -> str | None:
    """A better spelling to offer beside few results, or None where the text makes sense."""
    typed = analyse(text, language)
    decoded = decoded_reading(typed, language)
    mended = _mended(decoded or typed, repair_of(decoded or typed, language), language)
    better = mended or decoded
    return better.text if better else None


def decoded_reading(query: AnalysedQuery, language: Language) -> AnalysedQuery | None:
    """The query with raw Telex or VNI read as letters, when that gives a word the market knows."""
    words = tuple(_decoded(word, language) for word in query.words)
    changed = [new for old, new in zip(query.words, words, strict=True) if new != old]
    if not any(language.repairer.knows(word) for word in changed):
        return None
    return _with_words(query, words, language)


def repair_of(query: AnalysedQuery, language: Language) -> Repair | None:
    """A mending of the words that must be found; places and courtesies are left alone where they are understood."""
    if all(concept.role is not Role.CONTENT or _is_understood(concept, language) for concept in query.concepts):
        known = [word for concept in query.content for word in concept.typed]
        if len(known) < 2 or language.repairer.is_sound(known):
            return None
    return language.repairer.repair(query.words)


def _is_understood(concept: Concept, language: Language) -> bool:
    return all(language.repairer.knows(word) for word in concept.typed)


def _decoded(word: str, language: Language) -> str:
    if language.repairer.knows(word):
        return word
    return decode(word) or word


def _mended(query: AnalysedQuery, repair: Repair | None, language: Language) -> AnalysedQuery | None:
    return _with_words(query, repair.words, language) if repair else None


def _with_words(query: AnalysedQuery, words: tuple[str, ...], language: Language) -> AnalysedQuery:
    facts_said = _facts_said(query)
    shown = " ".join((*words, *facts_said))
    return replace(reading_of(query, words, language), text=shown)


def _facts_said(query: AnalysedQuery) -> tuple[str, ...]:
    """What of the typed text is not among the words: the measures and limits, said again as they were typed."""
    known = set(query.words)
    return tuple(part for part in query.text.split() if part.lower() not in known) if query.facts else ()


def _as_typed(query: AnalysedQuery) -> Iterator[Step]:
    yield _step(Stage.AS_TYPED, query, Reach.DESCRIBED)
    yield _step(Stage.AS_TYPED, query, Reach.ANYWHERE)


def _alternatives(decoded: AnalysedQuery | None, mended: AnalysedQuery | None) -> Iterator[Step]:
    if decoded is not None:
        yield _step(Stage.DECODED, decoded, Reach.DESCRIBED)
    if mended is not None:
        yield _step(Stage.REPAIRED, mended, Reach.DESCRIBED)


def _reach_of_the_rest(query: AnalysedQuery) -> Reach:
    """One syllable that is left of more must be the thing itself: "bình gas" is nothing from Ninh Bình."""
    is_short = sum(len(concept.typed) for concept in query.content) == 1
    return Reach.BEGUN if is_short else Reach.DESCRIBED


def _step(stage: Stage, query: AnalysedQuery, reach: Reach) -> Step:
    return Step(stage=stage, text=query.text, query=query, clause=clause_for(query, reach))
