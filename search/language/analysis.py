"""A typed text becomes an analysed query: facts are taken out, the rest is cut into concepts.

A piece is a run of words that means something: a name the rules know, a place, a fixed compound, or a single word. Of
all cuts the cheapest is taken, so that "cam Hòa Bình" is oranges from there and nothing from the commune Cam Hòa.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from marketplace.core.text import settle_tones, settle_yi
from search.language.certificates import all_sayings, read_certificates
from search.language.facts import read_facts
from search.language.normal import exact_words
from search.language.places import Places, kind_length
from search.language.query import AnalysedQuery, Concept, Form, Role
from search.language.repair import Repairer
from search.language.synonyms import SynonymTable
from search.language.vocabulary import Vocabulary
from search.language.wordlists import BARE_COURTESY_WORDS, COURTESY_WORDS, OPAQUE_COMPOUNDS

LONGEST_TEXT = 200
PROVINCE_COST, COMMUNE_COST, LONE_WORD, STRANGE_WORD = 0.8, 1.2, 1.05, 1.3


@dataclass(frozen=True)
class Language:
    """All that must be known to read a query, gathered once per state of rules, places and index."""

    synonyms: SynonymTable = field(default_factory=lambda: SynonymTable(()))
    places: Places = field(default_factory=Places)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)

    @cached_property
    def repairer(self) -> Repairer:
        phrases = (*self.synonyms.phrases(), *self.places.well_known(), *all_sayings())
        return Repairer(self.vocabulary, phrases, self.places.districts())

    @cached_property
    def longest_run(self) -> int:
        return max(self.synonyms.longest, self.places.longest, 3)


def analyse(text: str, language: Language, month: int | None = None) -> AnalysedQuery:
    """One reading of a text, as it was typed. ``month`` is this one, for "đang mùa"."""
    shown = " ".join(settle_tones(text[:LONGEST_TEXT]).split())
    facts, rest = read_facts(settle_yi(shown).lower())
    if facts.in_season and month:
        facts = replace(facts, months=(*facts.months, month))
    words = tuple(exact_words(rest))
    return reading_of(AnalysedQuery(text=shown, facts=facts), words, language)


def reading_of(query: AnalysedQuery, words: Sequence[str], language: Language) -> AnalysedQuery:
    """The same query with other words: decoded, mended or fewer. Certificates they name become facts."""
    kinds, rest = read_certificates(words)
    facts = replace(query.facts, certificates=tuple(dict.fromkeys((*query.facts.certificates, *kinds))))
    return replace(query, words=rest, facts=facts, concepts=_required(concepts_of(rest, language)))


def concepts_of(words: Sequence[str], language: Language, longest: int | None = None) -> tuple[Concept, ...]:
    """The cut that costs least: few pieces, and pieces that mean something."""
    best: list[tuple[float, tuple[Concept, ...]]] = [(0.0, ())]
    for end in range(1, len(words) + 1):
        starts = range(max(0, end - (longest or language.longest_run)), end)
        ways = [_extended(best[start], tuple(words[start:end]), tuple(words[end:]), language) for start in starts]
        best.append(min((way for way in ways if way is not None), key=lambda way: way[0]))
    return best[-1][1]


def _extended(
    before: tuple[float, tuple[Concept, ...]], run: tuple[str, ...], following: tuple[str, ...], language: Language
) -> tuple[float, tuple[Concept, ...]] | None:
    """A cut with one more piece, if the run is one."""
    concept = _meaning(run, following, language)
    if concept is None and len(run) > 1:
        return None
    cost, concepts = before
    concept = concept or Concept((Form(run),))
    return cost + _cost(concept, language), (*concepts, concept)


def _cost(concept: Concept, language: Language) -> float:
    """A piece costs one, less when it is a well-known place, more when it is a lone or little-known word."""
    if concept.role is Role.PLACE and concept.place:
        return PROVINCE_COST if concept.place.provinces or len(concept.place.communes) > 1 else COMMUNE_COST
    if len(concept.typed) > 1:
        return 1.0
    return LONE_WORD if language.vocabulary.is_head(concept.typed) else STRANGE_WORD


def _meaning(run: tuple[str, ...], following: tuple[str, ...], language: Language) -> Concept | None:
    """What a run of words means as a whole, or None when it is only its words."""
    place = _place(run, language)
    if language.synonyms.knows(run):
        role = Role.COURTESY if _is_courtesy(run) else Role.CONTENT
        forms = (Form(run), *language.synonyms.forms(run))
        return Concept(forms, role, place.place if place else None, _parts(run, language))
    if place is not None:
        return place
    if len(run) == 1 and _is_courtesy(run):
        return Concept((Form(run),), Role.COURTESY)
    if run in OPAQUE_COMPOUNDS or _is_compound(run, following, language):
        return Concept((Form(run),))
    return None


def _parts(run: tuple[str, ...], language: Language) -> tuple[Concept, ...]:
    """The meanings inside a name of several words, when at least one of them is more than its word."""
    if len(run) == 1:
        return ()
    parts = concepts_of(run, language, longest=len(run) - 1)
    return parts if any(len(part.forms) > 1 or part.place for part in parts) else ()


def _place(run: tuple[str, ...], language: Language) -> Concept | None:
    """A place, with or without the word for its kind; the name of a product ("thanh long") is no place."""
    name = run[kind_length(run) :]
    meaning = language.places.meaning(name)
    if meaning is None or language.vocabulary.is_head(name):
        return None
    return Concept((Form(name),), Role.PLACE, meaning)


def _is_courtesy(run: tuple[str, ...]) -> bool:
    return all(word in COURTESY_WORDS or word in BARE_COURTESY_WORDS or word.isdigit() for word in run)


def _is_compound(run: tuple[str, ...], following: tuple[str, ...], language: Language) -> bool:
    """Two words that the catalogue keeps together, unless the second holds on more firmly to the third."""
    if len(run) != 2 or any(language.synonyms.knows((word,)) or _is_courtesy((word,)) for word in run):
        return False
    firmness = language.vocabulary.firmness(*run)
    return firmness > 0 and (not following or firmness >= language.vocabulary.firmness(run[1], following[0]))


def _required(concepts: tuple[Concept, ...]) -> tuple[Concept, ...]:
    """Where nothing but courtesy was typed, courtesy is what is looked for."""
    if any(concept.role is not Role.COURTESY for concept in concepts):
        return concepts
    return tuple(replace(concept, role=Role.CONTENT) for concept in concepts)
