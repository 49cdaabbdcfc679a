"""A typed text becomes a reading (``AnalysedQuery``): facts are taken out, and the other words are cut into concepts.

A concept is a synonym, a place, a compound or a single word. Every way of cutting the words into concepts has a cost,
and the cheapest is taken: "cam Hòa Bình" becomes cam (oranges) and Hòa Bình, because a province of today or before
costs less than the commune Cam Hòa beside the lone word bình.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from core.text import has_marks, settle_tones, settle_yi
from search.language.certificates import read_certificates
from search.language.facts import read_facts
from search.language.intent import begins_purpose, without_request_words
from search.language.lexicon import Lexicon
from search.language.needs import Need
from search.language.normal import exact_words
from search.language.places import title_length
from search.language.query import AnalysedQuery, Concept, Form, Role
from search.language.things import is_known_thing, is_opaque
from search.language.wordlists import BARE_COURTESY_WORDS, COURTESY_WORDS, NEVER_ALONE

MAX_TEXT_LENGTH = 200
MAX_WORDS = 14
"""Words behind these are left out, because every word costs time and nobody names a thing with more."""

MEANT = {"ko": "không", "hok": "không"}
"""Short forms of chat, with the word they stand for."""

MIN_WORDS_IN_PARTS = 3
"""A synonym of at least so many words may also be found by its words one by one ("mật ong rừng" in "mật ong hoa
rừng")."""

PROVINCE_COST, COMMUNE_COST, NAME_COST, COMPOUND_COST, HEAD_COST, OTHER_WORD_COST = 0.8, 1.2, 0.95, 1.0, 1.05, 1.3
"""What a concept costs in a cut. A concept of several words costs less than its words one by one; a single word that
no name begins with costs most. Found by trying on the judged sets."""


def analyse(text: str, lexicon: Lexicon, month: int | None = None, *, is_finished: bool = True) -> AnalysedQuery:
    """The reading of a text as it was typed.

    ``month``, 1 to 12, is the present one, which "đang mùa" (in season) asks for. ``is_finished`` is false while the
    buyer is still typing: then the end of the text is not taken for a request phrase.
    """
    shown = " ".join(settle_tones(text[:MAX_TEXT_LENGTH]).split())
    facts, rest = read_facts(without_request_words(settle_yi(shown).lower(), is_finished=is_finished))
    if facts.in_season and month:
        facts = replace(facts, months=(*facts.months, month))
    words = tuple(_without_repeats(exact_words(rest)))[:MAX_WORDS]
    return reading_of(AnalysedQuery(text=shown, facts=facts), words, lexicon)


def literal_reading(query: AnalysedQuery, lexicon: Lexicon) -> AnalysedQuery | None:
    """The reading of a buyer who types tones: a bare word that the catalogue has as it stands is only that word.

    In "cam Hòa Bình" two words carry tones, so cam means cam (oranges) and never cẩm (a black rice). Returns None where
    no word carries tones, or where no bare word could be taken for a toned word of the catalogue: then the reading of
    ``analyse`` already says the same.
    """
    if not any(map(has_marks, query.words)):
        return None
    bare = frozenset(word for word in query.words if not has_marks(word) and _may_be_literal(word, lexicon))
    if not bare:
        return None
    return reading_of(query, query.words, lexicon.with_literal_words(bare))


def _may_be_literal(word: str, lexicon: Lexicon) -> bool:
    """Is this bare word a word of the catalogue as it stands, and are there toned words that it could be taken for?"""
    readings = lexicon.vocabulary.readings.get(word, [])
    is_word = word in readings or lexicon.synonyms.is_name((word,))
    return is_word and (word in BARE_COURTESY_WORDS or any(other != word for other in readings))


def _without_repeats(words: Iterable[str]) -> Iterator[str]:
    """The words in their order, each once, except a word right behind itself ("chôm chôm"). Short forms of chat are
    written out."""
    said: set[str] = set()
    before = ""
    for word in words:
        if word not in said or word == before:
            yield MEANT.get(word, word)
        before = "" if word == before else word
        said.add(word)


def reading_of(query: AnalysedQuery, words: Sequence[str], lexicon: Lexicon) -> AnalysedQuery:
    """The same query with other words: decoded, repaired or fewer. Certificates named among them become facts."""
    kinds, rest = read_certificates(words)
    facts = replace(query.facts, certificates=tuple(dict.fromkeys((*query.facts.certificates, *kinds))))
    concepts = _with_roles(concepts_of(rest, lexicon), lexicon)
    return replace(query, words=rest, facts=facts, concepts=concepts, likely=_likely(rest, lexicon))


def _likely(words: Sequence[str], lexicon: Lexicon) -> tuple[tuple[str, float], ...]:
    """``AnalysedQuery.likely``. Nothing tells which toned word one bare word stands for, so the word that most names
    begin with is taken for the likeliest."""
    if len(words) != 1 or has_marks(words[0]):
        return ()
    heads, total = lexicon.vocabulary.heads, lexicon.vocabulary.folded_heads[words[0]]
    return tuple((head, heads[head] / total) for head in lexicon.vocabulary.heads_by_bare.get(words[0], ()))


def concepts_of(words: Sequence[str], lexicon: Lexicon, longest: int | None = None) -> tuple[Concept, ...]:
    """The cheapest cut of these words into concepts, none of them with more than ``longest`` words.

    Found by dynamic programming: ``best[end]`` is the cheapest cut of the first ``end`` words.
    """
    best: list[tuple[float, tuple[Concept, ...]]] = [(0.0, ())]
    for end in range(1, len(words) + 1):
        starts = range(max(0, end - (longest or lexicon.longest_run)), end)
        ways = [_extended(best[start], tuple(words[start:end]), tuple(words[end:]), lexicon) for start in starts]
        best.append(min((way for way in ways if way is not None), key=lambda way: way[0]))
    return best[-1][1]


def _extended(
    before: tuple[float, tuple[Concept, ...]], run: tuple[str, ...], following: tuple[str, ...], lexicon: Lexicon
) -> tuple[float, tuple[Concept, ...]] | None:
    """A cut with the run as one more concept, or None where several words mean nothing together."""
    concept = _meaning(run, following, lexicon)
    if concept is None and len(run) > 1:
        return None
    cost, concepts = before
    concept = concept or Concept((_form(run, lexicon),))
    return cost + _cost(concept, lexicon), (*concepts, concept)


def _cost(concept: Concept, lexicon: Lexicon) -> float:
    """What a concept costs in a cut; a place of several communes (a former district) costs as little as a province."""
    if concept.role is Role.PLACE and concept.place:
        return PROVINCE_COST if concept.place.provinces or len(concept.place.communes) > 1 else COMMUNE_COST
    if len(concept.typed) > 1:
        is_name = len(concept.forms) > 1 or concept.needs or is_opaque(concept.typed)
        return NAME_COST if is_name else COMPOUND_COST
    return HEAD_COST if lexicon.vocabulary.is_head(concept.typed) else OTHER_WORD_COST


def _meaning(run: tuple[str, ...], following: tuple[str, ...], lexicon: Lexicon) -> Concept | None:
    """The concept that a run of words is as a whole, or None. A synonym or a need goes before a place, a place before a
    courtesy, a courtesy before a compound."""
    place = _place(run, lexicon)
    others = lexicon.synonyms.forms(run, lexicon.literal_words)
    needs = _needs(run, others, lexicon)
    if others or needs:
        role = Role.COURTESY if _is_courtesy(run, lexicon) else Role.CONTENT
        parts = _parts(run, lexicon) if others else ()
        return Concept((_form(run, lexicon), *others), role, place.place if place else None, parts, needs)
    if place is not None:
        return place
    if len(run) == 1 and _is_courtesy(run, lexicon):
        return Concept((Form(run),), Role.COURTESY)
    if is_opaque(run) or _is_compound(run, following, lexicon):
        return Concept((_form(run, lexicon),))
    return None


def _needs(run: tuple[str, ...], others: Iterable[Form], lexicon: Lexicon) -> tuple[Need, ...]:
    """What serves the need that these words say, or that another name of it says ("thức uống" is "đồ uống")."""
    said = (form.words for form in others if not form.is_near)
    ways = (*lexicon.needs.of(run, lexicon.literal_words), *(need for one in said for need in lexicon.needs.of(one)))
    return tuple(dict.fromkeys(ways))


def _form(run: tuple[str, ...], lexicon: Lexicon) -> Form:
    """The typed form. It is literal when each of its words is toned or one of the lexicon's literal words."""
    is_literal = bool(lexicon.literal_words) and all(word in lexicon.literal_words or has_marks(word) for word in run)
    heads = lexicon.vocabulary.heads_by_bare.get(run[0], ()) if len(run) == 1 and not has_marks(run[0]) else ()
    return Form(run, is_literal=is_literal, heads=tuple(heads))


def _parts(run: tuple[str, ...], lexicon: Lexicon) -> tuple[Concept, ...]:
    """``Concept.parts`` of a synonym: its cheapest cut into shorter concepts.

    There are parts only where a part has synonyms or a place of its own, or where the run is long enough that its words
    may stand apart in a name. Otherwise the parts would say nothing that the whole does not.
    """
    if len(run) == 1:
        return ()
    parts = concepts_of(run, lexicon, longest=len(run) - 1)
    may_part = (
        len(run) >= MIN_WORDS_IN_PARTS and not is_opaque(run) and all(part.role is Role.CONTENT for part in parts)
    )
    return parts if may_part or any(len(part.forms) > 1 or part.place for part in parts) else ()


def _place(run: tuple[str, ...], lexicon: Lexicon) -> Concept | None:
    """A place, with or without its title ("huyện"). A run that product names begin with is no place:
    "thanh long" is dragon fruit, although communes are called so."""
    name = run[title_length(run) :]
    meaning = lexicon.places.meaning(name)
    if meaning is None or lexicon.vocabulary.is_head(name):
        return None
    return Concept((Form(name),), Role.PLACE, meaning)


def _is_courtesy(run: tuple[str, ...], lexicon: Lexicon) -> bool:
    if run in NEVER_ALONE:
        return False
    return all(
        word in COURTESY_WORDS or (word in BARE_COURTESY_WORDS and word not in lexicon.literal_words) or word.isdigit()
        for word in run
    )


def _is_compound(run: tuple[str, ...], following: tuple[str, ...], lexicon: Lexicon) -> bool:
    """Do the two words of this run stand side by side so often in the catalogue that they name one thing?

    Not where the second word stands with the following one even more often, and not where one of them is a synonym or
    a courtesy by itself. A word said twice ("chôm chôm") is always a compound.
    """
    if len(run) == 2 and run[0] == run[1]:
        return True
    if len(run) != 2 or any(lexicon.synonyms.knows((word,)) or _is_courtesy((word,), lexicon) for word in run):
        return False
    firmness = lexicon.vocabulary.firmness(*run)
    return firmness > 0 and (not following or firmness >= lexicon.vocabulary.firmness(run[1], following[0]))


def _with_roles(concepts: tuple[Concept, ...], lexicon: Lexicon) -> tuple[Concept, ...]:
    """The concepts with the roles that depend on what stands beside them.

    What follows a known thing and says what it is for becomes PURPOSE and need not be found. So does a need beside a
    known thing: "mật ong quà tết" is honey. Courtesies become CONTENT where nothing else was typed.
    """
    if all(concept.role is Role.COURTESY for concept in concepts):
        return tuple(replace(concept, role=Role.CONTENT) for concept in concepts)
    if any(
        not concept.needs and is_known_thing(concept, lexicon.vocabulary) for concept in concepts if concept.is_required
    ):
        concepts = tuple(map(_as_purpose, concepts))
    start = _purpose_start(concepts, lexicon)
    purpose = tuple(
        replace(concept, role=Role.PURPOSE) if concept.is_required else concept for concept in concepts[start:]
    )
    return _with_leading_verb_as_purpose(concepts[:start], lexicon) + purpose


def _as_purpose(concept: Concept) -> Concept:
    """A need as a purpose; a time ("mùa đông") still narrows the thing, and goods that are called so are goods."""
    is_need = concept.is_required and any(not need.is_time for need in concept.needs)
    return replace(concept, role=Role.PURPOSE) if is_need else concept


def _purpose_start(concepts: Sequence[Concept], lexicon: Lexicon) -> int:
    """The index of the first concept of a purpose ("cho" in "yến sào cho bé ăn dặm"), or the number of concepts.

    A known thing must stand before it. A word that the catalogue has right behind the word before it opens no purpose:
    kho (to braise) in "cá kho" belongs to the name.
    """
    has_thing = False
    for at, concept in enumerate(concepts):
        opens = has_thing and begins_purpose(concept.typed[0])
        if opens and not lexicon.vocabulary.together(concepts[at - 1].typed[-1], concept.typed[0]):
            return at
        has_thing = has_thing or (concept.role is Role.CONTENT and is_known_thing(concept, lexicon.vocabulary))
    return len(concepts)


def _with_leading_verb_as_purpose(concepts: tuple[Concept, ...], lexicon: Lexicon) -> tuple[Concept, ...]:
    """The concepts with a verb in front of the known thing as its purpose: ngâm (to steep) in "ngâm chanh đào"."""
    first, *rest = concepts
    is_verb = len(first.typed) == 1 and begins_purpose(first.typed[0]) and not is_known_thing(first, lexicon.vocabulary)
    if is_verb and any(c.role is Role.CONTENT and is_known_thing(c, lexicon.vocabulary) for c in rest):
        return (replace(first, role=Role.PURPOSE), *rest)
    return concepts
