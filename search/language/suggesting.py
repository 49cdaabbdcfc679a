"""Suggestions while a text is being typed: the last word may go on, the ones before it are complete.

Marks often come after the letters ("sâ" on the way to "sầu"), so the unfinished word is compared without them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from core.text import fold
from search.language.analysis import Language, analyse, concepts_of
from search.language.clauses import Best, Clause, Every, Fact, FactField, FactPrefix, Phrase, Plus, TextField
from search.language.normal import is_prepared
from search.language.plan import decoded_reading, repair_of
from search.language.query import AnalysedQuery, Concept, Role, Stage, Step
from search.language.scoring import HEAD, PLAIN, Reach, clause_for, named
from search.language.things import is_known_thing

NAME, CATEGORY, PLACE, WHOLE_HEAD, EXACT_HEAD = 40.0, 15.0, 10.0, 50.0, 10.0
SHORTEST_NAME = 4


def prefix_steps(text: str, language: Language) -> Iterator[Step]:
    """The suggestions to try for an unfinished text; ``Step.clause`` is for listings and signposts alike."""
    typed = analyse(text, language, is_finished=False)
    if not typed.words:
        if typed.facts.certificates:
            yield Step(Stage.AS_TYPED, typed.text, typed, clause_for(typed))
        return
    yield Step(Stage.AS_TYPED, typed.text, typed, _unfinished(typed, language))
    decoded = decoded_reading(typed, language)
    if decoded is not None:
        yield Step(Stage.DECODED, decoded.text, decoded, _unfinished(decoded, language))
    repair = repair_of(decoded or typed, language)
    if repair is not None:
        mended = replace(typed, text=" ".join(repair.words), words=repair.words)
        yield Step(Stage.REPAIRED, mended.text, mended, _unfinished(mended, language))


def begun_step(text: str, language: Language) -> Step | None:
    """What fills the list up when few names go on as typed: the thing of the words that are complete ("bưởi da x")."""
    typed = analyse(text, language, is_finished=False)
    concepts = concepts_of(typed.words[:-1], language)
    things = [concept for concept in concepts if concept.role is Role.CONTENT]
    if not things or not is_known_thing(things[0], language.vocabulary):
        return None
    query = replace(typed, words=typed.words[:-1], concepts=tuple(things[:1]))
    return Step(Stage.NEARBY, typed.text, query, clause_for(query, Reach.NAMED))


def _unfinished(query: AnalysedQuery, language: Language) -> Clause:
    words = query.words
    ways: list[Clause] = [_going_on(words, language), *_other_names(words, language)]
    finished = concepts_of(words, language)
    if any(len(concept.forms) > 1 or concept.place for concept in finished):
        ways.append(clause_for(replace(query, concepts=finished), Reach.NAMED))
    return Best(tuple(ways))


def _going_on(words: Sequence[str], language: Language) -> Clause:
    """The words before are said in the name or the category, the last one begins a word there."""
    *complete, last = words
    beginning = Best(
        (
            Phrase(TextField.NAME, (fold(last),), prefix=True, score=NAME),
            Phrase(TextField.CATEGORY, (fold(last),), prefix=True, score=CATEGORY),
            Phrase(TextField.KINDS, (fold(last),), prefix=True, score=CATEGORY / 3),
            Phrase(TextField.PLACE, (fold(last),), prefix=True, score=PLACE),
        )
    )
    required = [named(concept) for concept in concepts_of(complete, language) if concept.role is not Role.COURTESY]
    base: Clause = Every((*required, beginning)) if required else beginning
    joined = "_".join(words)
    plain = () if is_prepared(words, typed=True) else (Fact(FactField.STATE, ("plain",), PLAIN),)
    bonuses = (
        *plain,
        FactPrefix(FactField.HEAD, fold(joined), WHOLE_HEAD),
        FactPrefix(FactField.HEAD_EXACT, joined, EXACT_HEAD),
        *(FactPrefix(FactField.HEAD, fold(word), HEAD / 4) for word in words[:1]),
    )
    return Plus(base, bonuses)


def _other_names(words: Sequence[str], language: Language) -> Iterator[Clause]:
    """An unfinished regional name ("khổ q") already leads to the name in the titles ("mướp đắng")."""
    if len(fold("".join(words))) < SHORTEST_NAME:
        return
    for concept in language.synonyms.beginning_with(tuple(words)):
        yield clause_for(AnalysedQuery(text="", concepts=(Concept(concept),)), Reach.NAMED)
