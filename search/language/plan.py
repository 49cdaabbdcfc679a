"""What is tried, and in which order: as typed, decoded, mended, relaxed.

The service asks the engine for each step in turn and stops at the first that finds something. A text that makes no
sense to the catalogue while a cheap mending does, is mended before it is looked for in descriptions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from search.language.analysis import analyse, literal_reading, reading_of
from search.language.lexicon import Lexicon
from search.language.query import AnalysedQuery, Concept, Role, SearchStep, Stage
from search.language.relaxing import neighbours, relaxations
from search.language.repair import Repair
from search.language.scoring import MatchScope, clause_for
from search.language.telex import decode

CHEAP = 1.0


def steps(text: str, lexicon: Lexicon, month: int | None = None) -> Iterator[SearchStep]:
    """The searches to try for a typed text, most faithful first."""
    typed = analyse(text, lexicon, month)
    if literal := literal_reading(typed, lexicon):
        yield _step(Stage.AS_TYPED, literal, MatchScope.DESCRIBED)
    decoded = decoded_reading(typed, lexicon)
    repair = repair_of(decoded or typed, lexicon)
    mended = _mended(decoded or typed, repair, lexicon)
    is_sure = repair is not None and repair.cost <= CHEAP
    if is_sure:
        yield _step(Stage.AS_TYPED, typed, MatchScope.NAMED)
        yield from _alternatives(decoded, mended)
        yield from _as_typed(typed)
    else:
        yield from _as_typed(typed)
        yield from _alternatives(decoded, mended)
    for whole in (mended, decoded or typed) if is_sure else (decoded or typed,):
        for query, dropped in relaxations(whole, lexicon) if whole else ():
            yield replace(_step(Stage.RELAXED, query, _scope_of_the_rest(query)), dropped=dropped)


def nearby_steps(step: SearchStep, lexicon: Lexicon) -> Iterator[SearchStep]:
    """What may be shown below few results, said to be only near: the same thing elsewhere, other kinds of the thing."""
    for query in neighbours(step.query, lexicon):
        yield _step(Stage.NEARBY, query, MatchScope.NAMED)


def did_you_mean(text: str, lexicon: Lexicon) -> str | None:
    """A better spelling to offer beside few results, or None where the text makes sense."""
    typed = analyse(text, lexicon)
    decoded = decoded_reading(typed, lexicon)
    mended = _mended(decoded or typed, repair_of(decoded or typed, lexicon), lexicon)
    better = mended or decoded
    return better.text if better else None


def decoded_reading(query: AnalysedQuery, lexicon: Lexicon) -> AnalysedQuery | None:
    """The query with raw Telex or VNI read as letters, when that gives a word the market knows."""
    words = tuple(_decoded(word, lexicon) for word in query.words)
    changed = [new for old, new in zip(query.words, words, strict=True) if new != old]
    if not any(lexicon.repairer.knows(word) for word in changed):
        return None
    return _with_words(query, words, lexicon)


def repair_of(query: AnalysedQuery, lexicon: Lexicon) -> Repair | None:
    """A mending of the words that must be found; places and courtesies are left alone where they are understood."""
    if all(concept.role is not Role.CONTENT or _is_understood(concept, lexicon) for concept in query.concepts):
        known = [word for concept in query.content for word in concept.typed]
        if len(known) < 2 or lexicon.repairer.is_sound(known):
            return None
    return lexicon.repairer.repair(query.words)


def _is_understood(concept: Concept, lexicon: Lexicon) -> bool:
    return all(lexicon.repairer.knows(word) for word in concept.typed)


def _decoded(word: str, lexicon: Lexicon) -> str:
    if lexicon.repairer.knows(word):
        return word
    return decode(word) or word


def _mended(query: AnalysedQuery, repair: Repair | None, lexicon: Lexicon) -> AnalysedQuery | None:
    return _with_words(query, repair.words, lexicon) if repair else None


def _with_words(query: AnalysedQuery, words: tuple[str, ...], lexicon: Lexicon) -> AnalysedQuery:
    facts_said = _facts_said(query)
    shown = " ".join((*words, *facts_said))
    return replace(reading_of(query, words, lexicon), text=shown)


def _facts_said(query: AnalysedQuery) -> tuple[str, ...]:
    """What of the typed text is not among the words: the measures and limits, said again as they were typed."""
    known = set(query.words)
    return tuple(part for part in query.text.split() if part.lower() not in known) if query.facts else ()


def _as_typed(query: AnalysedQuery) -> Iterator[SearchStep]:
    yield _step(Stage.AS_TYPED, query, MatchScope.DESCRIBED)
    yield _step(Stage.AS_TYPED, query, MatchScope.ANYWHERE)


def _alternatives(decoded: AnalysedQuery | None, mended: AnalysedQuery | None) -> Iterator[SearchStep]:
    if decoded is not None:
        yield _step(Stage.DECODED, decoded, MatchScope.DESCRIBED)
    if mended is not None:
        yield _step(Stage.REPAIRED, mended, MatchScope.DESCRIBED)


def _scope_of_the_rest(query: AnalysedQuery) -> MatchScope:
    """One syllable that is left of more must be the thing itself: "bình gas" is nothing from Ninh Bình."""
    is_short = sum(len(concept.typed) for concept in query.content) == 1
    return MatchScope.BEGUN if is_short else MatchScope.DESCRIBED


def _step(stage: Stage, query: AnalysedQuery, scope: MatchScope) -> SearchStep:
    return SearchStep(stage=stage, text=query.text, query=query, clause=clause_for(query, scope))
