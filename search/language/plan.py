"""The plan: which searches are tried for a typed text, and in which order.

``search.asking.finding.find`` asks the engine for each step in turn and stops at the first that finds something.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from search.language.analysis import analyse, literal_reading, reading_of
from search.language.lexicon import Lexicon
from search.language.query import AnalysedQuery, SearchStep, Stage
from search.language.relaxing import neighbours, relaxations
from search.language.repair import Repair
from search.language.scoring import MatchScope, clause_for, exact_clause_for
from search.language.telex import decode

SURE_REPAIR_COST = 1.0
"""A repair that costs no more is tried before the typed words are looked for in descriptions."""


def steps(text: str, lexicon: Lexicon, month: int | None = None) -> Iterator[SearchStep]:
    """The searches to try for a typed text, the one closest to it first.

    1. The literal reading, where the buyer typed some tones.
    2. The text as typed: first the thing must be named, then descriptions count too.
    3. The text with raw Telex or VNI decoded, then with slips repaired. A sure repair goes before the typed text is
       looked for in descriptions, where some listing would say the slip by chance.
    4. Part of the text left out, with fewer and fewer words.

    ``month``, 1 to 12, is the present one.
    """
    typed = analyse(text, lexicon, month)
    if literal := literal_reading(typed, lexicon):
        yield _step(Stage.AS_TYPED, literal, MatchScope.DESCRIBED)
    decoded = decoded_reading(typed, lexicon)
    repair = repair_of(decoded or typed, lexicon)
    repaired = _with_words(decoded or typed, repair.words, lexicon) if repair else None
    as_typed = (_step(Stage.AS_TYPED, typed, scope) for scope in (MatchScope.DESCRIBED, MatchScope.ANYWHERE))
    corrected = (
        _step(stage, query, MatchScope.DESCRIBED)
        for stage, query in ((Stage.DECODED, decoded), (Stage.REPAIRED, repaired))
        if query is not None
    )
    is_sure = repair is not None and repair.cost <= SURE_REPAIR_COST
    if is_sure:
        yield _step(Stage.AS_TYPED, typed, MatchScope.NAMED)
        yield from corrected
        yield from as_typed
    else:
        yield from as_typed
        yield from corrected
    for whole in (repaired, decoded or typed) if is_sure else (decoded or typed,):
        for query, dropped in relaxations(whole, lexicon) if whole else ():
            # One syllable that is left must be what the name begins with: "bình gas" finds nothing from Ninh Bình.
            is_one_syllable = sum(len(concept.typed) for concept in query.content) == 1
            scope = MatchScope.BEGUN if is_one_syllable else MatchScope.DESCRIBED
            yield replace(_step(Stage.RELAXED, query, scope), dropped=dropped)


def nearby_steps(step: SearchStep, lexicon: Lexicon) -> Iterator[SearchStep]:
    """What the page shows below few results: the same thing from elsewhere, and other kinds of it."""
    for query in neighbours(step.query, lexicon):
        yield _step(Stage.NEARBY, query, MatchScope.NAMED)


def did_you_mean(text: str, lexicon: Lexicon) -> str | None:
    """The text decoded or repaired, to be offered beside few results, or None where neither applies."""
    typed = analyse(text, lexicon)
    decoded = decoded_reading(typed, lexicon)
    repair = repair_of(decoded or typed, lexicon)
    better = _with_words(decoded or typed, repair.words, lexicon) if repair else decoded
    return better.text if better else None


def decoded_reading(query: AnalysedQuery, lexicon: Lexicon) -> AnalysedQuery | None:
    """The query with raw Telex or VNI read as letters, or None when that gives no known word."""
    knows = lexicon.repairer.knows
    words = tuple(word if knows(word) else decode(word) or word for word in query.words)
    if not any(knows(new) for old, new in zip(query.words, words, strict=True) if new != old):
        return None
    return _with_words(query, words, lexicon)


def repair_of(query: AnalysedQuery, lexicon: Lexicon) -> Repair | None:
    """A repair of the query's words, or None.

    Only content gives reason for a repair: a word of it is unknown, or the catalogue never has two of its words side by
    side. Places, purposes and courtesies give none.
    """
    content = [word for concept in query.content for word in concept.typed]
    is_known = all(lexicon.repairer.knows(word) for word in content)
    if is_known and (len(content) < 2 or lexicon.repairer.is_sound(content)):
        return None
    return lexicon.repairer.repair(query.words)


def _with_words(query: AnalysedQuery, words: tuple[str, ...], lexicon: Lexicon) -> AnalysedQuery:
    """The query with other words. Its text ends with the facts as they were typed, which are among no words."""
    known = set(query.words)
    facts = [part for part in query.text.split() if part.lower() not in known] if query.facts else []
    return replace(reading_of(query, words, lexicon), text=" ".join((*words, *facts)))


def _step(stage: Stage, query: AnalysedQuery, scope: MatchScope) -> SearchStep:
    exact = exact_clause_for(query, scope) if stage is not Stage.NEARBY else None
    return SearchStep(stage=stage, text=query.text, query=query, clause=clause_for(query, scope), exact=exact)
