"""Relaxations: which part of a query is left out when the whole finds nothing, and what lies near when it finds little.

A Vietnamese name says the kind first, so the words behind may be left out, but never the thing itself (``things``): a
query for something that the market does not have stays without results.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from core.text import has_marks
from search.language.analysis import concepts_of
from search.language.lexicon import Lexicon
from search.language.query import AnalysedQuery, Concept, Form, Role
from search.language.things import is_known_thing, is_name_without_kind, is_opaque, may_stand_for_all
from search.language.wordlists import LEADING_WORDS


def relaxations(query: AnalysedQuery, lexicon: Lexicon) -> Iterator[tuple[AnalysedQuery, tuple[str, ...]]]:
    """The query with less and less of it, each time with the words left out.

    First the price limit goes, then the places, then unknown words, then words from the end, with the places and
    without.
    """
    if query.facts.price_at_least is not None or query.facts.price_at_most is not None:
        yield replace(query, facts=replace(query.facts, price_at_least=None, price_at_most=None)), ("price",)
    content, places = query.content, [concept for concept in query.concepts if concept.role is Role.PLACE]
    if places and content and is_known_thing(content[0], lexicon.vocabulary):
        yield _without(query, places)
    for kept, dropped in _remainders(content, lexicon):
        for without_places in (False, True) if places else (False,):
            yield _reduced(query, kept, dropped, places if without_places else [])


def _remainders(content: Sequence[Concept], lexicon: Lexicon) -> Iterator[tuple[tuple[Concept, ...], list[str]]]:
    """The content without what the catalogue does not know, then without its last words, one more each time, as long as
    what remains names a thing. Each comes with the words left out."""
    knows = lexicon.vocabulary.knows
    unknown = [concept for concept in content[1:] if not all(map(knows, concept.typed))]
    known = tuple(concept for concept in content if concept not in unknown)
    gone = [word for concept in unknown for word in concept.typed]
    words = [word for concept in content for word in concept.typed]
    in_between = gone != words[len(words) - len(gone) :]
    if unknown and in_between and may_stand_for_all(known, gone, lexicon):
        yield known, gone
    for length in range(len(words) - 1, 0, -1):
        kept = concepts_of(words[:length], lexicon)
        if not is_opaque(words[length - 1 : length + 1]) and may_stand_for_all(kept, words[length:], lexicon):
            yield kept, words[length:]


def neighbours(query: AnalysedQuery, lexicon: Lexicon) -> Iterator[AnalysedQuery]:
    """Queries for what lies near, tried one after the other when the query itself finds little.

    1. Literal words read in any tone. 2. The words of its compounds apart. 3. The provinces around its communes.
    4. No place. 5. The name without the word for its kind. 6. Fewer and fewer words from the end. A price limit is
    never left out, because whoever names one does not want to see what lies beyond it.
    """
    content, places = query.content, [concept for concept in query.concepts if concept.role is Role.PLACE]
    literal = frozenset(word for concept in query.concepts if concept.forms[0].is_literal for word in concept.typed)
    if literal:
        yield replace(query, concepts=tuple(map(_in_any_tone, query.concepts)))
        lexicon = lexicon.with_literal_words(literal)
    apart = tuple(word for concept in query.concepts for word in _apart(concept))
    if apart != query.concepts:
        yield replace(query, concepts=apart)
    if any(concept.place and concept.place.around for concept in places):
        yield replace(query, concepts=tuple(_around(concept) for concept in query.concepts))
    if places and content:
        yield _without(query, places)[0]
    said = [word for concept in content for word in concept.typed]
    if is_name_without_kind(said, lexicon.vocabulary):
        yield replace(query, concepts=concepts_of(said[1:], lexicon), text=" ".join(said[1:]))
    for length in range(len(said) - 1, 0, -1):
        fewer = concepts_of(said[:length], lexicon)
        if any(c.is_required for c in fewer) and _may_end_before(said[:length], said[length], lexicon):
            yield replace(query, concepts=fewer, text=" ".join(said[:length]))


def _may_end_before(words: list[str], following: str, lexicon: Lexicon) -> bool:
    """Do names begin with these words and go on otherwise than with the following one?

    Names begin with cam that are no cam sành, so "cam sành" may be shortened; every sầu is a sầu riêng.
    """
    concepts = concepts_of(words, lexicon)
    if (len(concepts[-1].typed) == 1 and words[-1] in LEADING_WORDS) or is_opaque((words[-1], following)):
        return False
    synonyms = [form.words for concept in concepts[:1] for form in concept.forms[1:]]
    if any(lexicon.vocabulary.is_head(other) for other in synonyms):
        return True
    return lexicon.vocabulary.heads_with(words) > lexicon.vocabulary.heads_with([*words, following])


def _in_any_tone(concept: Concept) -> Concept:
    """The concept with its typed words in any tone instead of literal."""
    return replace(concept, forms=(replace(concept.forms[0], is_literal=False), *concept.forms[1:]))


def _around(concept: Concept) -> Concept:
    """A place concept that the provinces around its communes answer too."""
    if concept.role is not Role.PLACE or concept.place is None or not concept.place.around:
        return concept
    return replace(concept, place=replace(concept.place, provinces=concept.place.around, around=()))


def _apart(concept: Concept) -> tuple[Concept, ...]:
    """A compound as its single words. A synonym or a place stays whole, and so does a compound with a bare word, which
    alone may stand for too many others."""
    if concept.place or len(concept.forms) > 1 or not all(map(has_marks, concept.typed)):
        return (concept,)
    return tuple(Concept((Form((word,)),), concept.role) for word in concept.typed)


def _without(query: AnalysedQuery, dropped: list[Concept]) -> tuple[AnalysedQuery, tuple[str, ...]]:
    """The query without these concepts, and what was typed for them."""
    kept = tuple(concept for concept in query.concepts if concept not in dropped)
    text = " ".join(word for concept in kept for word in concept.typed)
    return replace(query, concepts=kept, text=text), tuple(" ".join(concept.typed) for concept in dropped)


def _reduced(
    query: AnalysedQuery, content: Sequence[Concept], gone: Sequence[str], places: Sequence[Concept]
) -> tuple[AnalysedQuery, tuple[str, ...]]:
    """The query with this content instead of its own and without these places, and what was left out for it."""
    rest = tuple(c for c in query.concepts if c.role is not Role.CONTENT and c not in places)
    concepts = (*content, *rest)
    text = " ".join(word for concept in concepts if concept.is_required for word in concept.typed)
    left_out = (" ".join(gone), *(" ".join(place.typed) for place in places))
    return replace(query, concepts=concepts, text=text), left_out
