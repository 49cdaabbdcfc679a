"""Which part of a query may be left out when the whole finds nothing.

A name says the kind first, so what follows may go; the thing itself never does. At least as much must stay as goes: a
query about something the market does not have stays without results.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from search.language.analysis import Language, concepts_of
from search.language.query import AnalysedQuery, Concept, Form, Role
from search.language.wordlists import OPAQUE_COMPOUNDS


def relaxations(query: AnalysedQuery, language: Language) -> Iterator[tuple[AnalysedQuery, tuple[str, ...]]]:
    """The query with less and less of it, each with the words left out."""
    if query.facts.price_at_least is not None or query.facts.price_at_most is not None:
        yield replace(query, facts=replace(query.facts, price_at_least=None, price_at_most=None)), ("price",)
    content, places = query.content, [concept for concept in query.concepts if concept.role is Role.PLACE]
    if not content or not _is_known_thing(content[0], language):
        return
    if places:
        yield _without(query, places)
    unknown = [concept for concept in content if not _is_known(concept, language)]
    last = list(content[-1:])
    for dropped in (unknown, last) if unknown != last else (last,):
        kept = [word for concept in content if concept not in dropped for word in concept.typed]
        if dropped and _length(dropped) < len(kept) and language.repairer.is_sound(kept):
            yield _without(query, [*dropped, *places])


def neighbours(query: AnalysedQuery, language: Language) -> Iterator[AnalysedQuery]:
    """What comes near when the query itself finds little: its words apart, then elsewhere, then less and less said.

    Prices stay: who names a limit does not want to see what lies beyond it.
    """
    content, places = query.content, [concept for concept in query.concepts if concept.role is Role.PLACE]
    apart = tuple(word for concept in query.concepts for word in _apart(concept))
    if apart != query.concepts:
        yield replace(query, concepts=apart)
    if places and content:
        yield _without(query, places)[0]
    said = [word for concept in content for word in concept.typed]
    for length in range(len(said) - 1, 0, -1):
        if _stands_without(said[:length], said[length], language):
            yield replace(query, concepts=concepts_of(said[:length], language), text=" ".join(said[:length]))


def _stands_without(words: list[str], following: str, language: Language) -> bool:
    """Do names begin so and go on otherwise? There is cam beside cam sành, but no sầu beside sầu riêng."""
    if (*words, following) in OPAQUE_COMPOUNDS:
        return False
    known_as = [form.words for concept in concepts_of(words, language)[:1] for form in concept.forms[1:]]
    if any(language.vocabulary.is_head(other) for other in known_as):
        return True
    return language.vocabulary.heads_with(words) > language.vocabulary.heads_with([*words, following])


def _apart(concept: Concept) -> tuple[Concept, ...]:
    """A compound as its single words; a name that the rules know or a place stays whole."""
    if concept.place or len(concept.forms) > 1:
        return (concept,)
    return tuple(Concept((Form((word,)),), concept.role) for word in concept.typed)


def _is_known_thing(concept: Concept, language: Language) -> bool:
    """Does any name or category of the market begin with this, under any of its names, or keep these words together?"""
    if len(concept.typed) == 2 and language.vocabulary.firmness(*concept.typed):
        return True
    return any(language.vocabulary.is_head(form.words) for form in concept.forms)


def _is_known(concept: Concept, language: Language) -> bool:
    return all(language.vocabulary.knows(word) for form in concept.forms[:1] for word in form.words)


def _length(concepts: list[Concept] | tuple[Concept, ...]) -> int:
    return sum(len(concept.typed) for concept in concepts)


def _without(query: AnalysedQuery, dropped: list[Concept]) -> tuple[AnalysedQuery, tuple[str, ...]]:
    kept = tuple(concept for concept in query.concepts if concept not in dropped)
    text = " ".join(word for concept in kept for word in concept.typed)
    return replace(query, concepts=kept, text=text), tuple(" ".join(concept.typed) for concept in dropped)
