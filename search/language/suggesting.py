"""Suggestions while the buyer is typing: the last word is unfinished, the ones before it are complete.

Marks are often typed after the letters ("sâ" on the way to "sầu"), so the unfinished word is compared without them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from core.text import fold
from search.language.analysis import analyse, concepts_of
from search.language.clauses import Best, Clause, Every, Fact, FactField, FactPrefix, Phrase, Plus, TextField
from search.language.lexicon import Lexicon
from search.language.normal import is_prepared
from search.language.plan import decoded_reading, repair_of
from search.language.query import AnalysedQuery, Concept, Role, SearchStep, Stage
from search.language.scoring import HEAD, PLAIN, MatchScope, clause_for, named
from search.language.things import is_known_thing

NAME, CATEGORY, PLACE, WHOLE_HEAD, EXACT_HEAD = 40.0, 15.0, 10.0, 50.0, 10.0
MIN_LETTERS_OF_SYNONYM = 4


def prefix_steps(text: str, lexicon: Lexicon) -> Iterator[SearchStep]:
    """The steps for an unfinished text: as typed, decoded, repaired. The clause serves for listings and signposts."""
    typed = analyse(text, lexicon, is_finished=False)
    if not typed.words:
        if typed.facts.certificates:
            yield SearchStep(Stage.AS_TYPED, typed.text, typed, clause_for(typed))
        return
    yield SearchStep(Stage.AS_TYPED, typed.text, typed, _unfinished(typed, lexicon))
    decoded = decoded_reading(typed, lexicon)
    if decoded is not None:
        yield SearchStep(Stage.DECODED, decoded.text, decoded, _unfinished(decoded, lexicon))
    repair = repair_of(decoded or typed, lexicon)
    if repair is not None:
        repaired = replace(typed, text=" ".join(repair.words), words=repair.words)
        yield SearchStep(Stage.REPAIRED, repaired.text, repaired, _unfinished(repaired, lexicon))


def begun_step(text: str, lexicon: Lexicon) -> SearchStep | None:
    """A step that fills up a short list: the thing that the complete words name ("bưởi" in "bưởi da x"), or None."""
    typed = analyse(text, lexicon, is_finished=False)
    concepts = concepts_of(typed.words[:-1], lexicon)
    things = [concept for concept in concepts if concept.role is Role.CONTENT]
    if not things or not is_known_thing(things[0], lexicon.vocabulary):
        return None
    query = replace(typed, words=typed.words[:-1], concepts=tuple(things[:1]))
    return SearchStep(Stage.NEARBY, typed.text, query, clause_for(query, MatchScope.NAMED))


def _unfinished(query: AnalysedQuery, lexicon: Lexicon) -> Clause:
    words = query.words
    ways: list[Clause] = [_going_on(words, lexicon), *_other_names(words, lexicon)]
    finished = concepts_of(words, lexicon)
    if any(len(concept.forms) > 1 or concept.place or concept.needs for concept in finished):
        ways.append(clause_for(replace(query, concepts=finished), MatchScope.NAMED))
    return Best(tuple(ways))


def _going_on(words: Sequence[str], lexicon: Lexicon) -> Clause:
    """The complete words must be found in the name or a category, and the last one must begin a word there."""
    *complete, last = words
    first = not complete  # a word alone must begin the name of a category, as in a finished text
    beginning = Best(
        (
            Phrase(TextField.NAME, (fold(last),), prefix=True, score=NAME),
            Phrase(TextField.CATEGORY, (fold(last),), prefix=True, score=CATEGORY, at_start=first),
            Phrase(TextField.KINDS, (fold(last),), prefix=True, score=CATEGORY / 3, at_start=first),
            Phrase(TextField.PLACE, (fold(last),), prefix=True, score=PLACE),
        )
    )
    required = [named(concept) for concept in concepts_of(complete, lexicon) if concept.role is not Role.COURTESY]
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


def _other_names(words: Sequence[str], lexicon: Lexicon) -> Iterator[Clause]:
    """An unfinished synonym ("khổ q") already finds what it leads to ("mướp đắng")."""
    if len(fold("".join(words))) < MIN_LETTERS_OF_SYNONYM:
        return
    for concept in lexicon.synonyms.beginning_with(tuple(words)):
        yield clause_for(AnalysedQuery(text="", concepts=(Concept(concept),)), MatchScope.NAMED)
