"""A typed text becomes an analysed query: facts are taken out, the rest is cut into concepts.

A piece is a run of words that means something: a name the rules know, a place, a fixed compound, or a single word. Of
all cuts the cheapest is taken, so that "cam Hòa Bình" is oranges from there and nothing from the commune Cam Hòa.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from core.text import has_marks, settle_tones, settle_yi
from search.language.certificates import read_certificates
from search.language.facts import read_facts
from search.language.intent import begins_purpose, without_request_words
from search.language.lexicon import Lexicon
from search.language.normal import exact_words
from search.language.places import title_length
from search.language.query import AnalysedQuery, Concept, Form, Role
from search.language.things import is_known_thing, is_opaque
from search.language.wordlists import BARE_COURTESY_WORDS, COURTESY_WORDS, NEVER_ALONE

MAX_TEXT_LENGTH = 200
MAX_WORDS = 14
"""What comes behind is left out: reading costs with each word, and nobody names a thing with so many."""

MEANT = {"ko": "không", "hok": "không"}
MIN_WORDS_IN_PARTS = 3
PROVINCE_COST, COMMUNE_COST, NAME_COST, LONE_WORD, STRANGE_WORD = 0.8, 1.2, 0.95, 1.05, 1.3


def analyse(text: str, lexicon: Lexicon, month: int | None = None, *, is_finished: bool = True) -> AnalysedQuery:
    """One reading of a text, as it was typed. ``month`` is this one, for "đang mùa"."""
    shown = " ".join(settle_tones(text[:MAX_TEXT_LENGTH]).split())
    facts, rest = read_facts(without_request_words(settle_yi(shown).lower(), is_finished=is_finished))
    if facts.in_season and month:
        facts = replace(facts, months=(*facts.months, month))
    words = tuple(_without_repeats(exact_words(rest)))[:MAX_WORDS]
    return reading_of(AnalysedQuery(text=shown, facts=facts), words, lexicon)


def literal_reading(query: AnalysedQuery, lexicon: Lexicon) -> AnalysedQuery | None:
    """The query of somebody who types tones: a bare word that the market says bare is that word ("cam Hòa Bình" is no
    cẩm). None where there is no such word, or where nothing else is spelt so."""
    if not any(map(has_marks, query.words)):
        return None
    bare = frozenset(word for word in query.words if not has_marks(word) and _may_be_literal(word, lexicon))
    if not bare:
        return None
    return reading_of(query, query.words, lexicon.with_literal_words(bare))


def _may_be_literal(word: str, lexicon: Lexicon) -> bool:
    """A word of the market as it stands, while others are spelt so without their tones."""
    readings = lexicon.vocabulary.readings.get(word, [])
    is_word = word in readings or lexicon.synonyms.is_name((word,))
    return is_word and (word in BARE_COURTESY_WORDS or any(other != word for other in readings))


def _without_repeats(words: Iterable[str]) -> Iterator[str]:
    """A word said again says nothing new, except right after itself ("chôm chôm"); chat's "ko" is không."""
    said: set[str] = set()
    before = ""
    for word in words:
        if word not in said or word == before:
            yield MEANT.get(word, word)
        before = "" if word == before else word
        said.add(word)


def reading_of(query: AnalysedQuery, words: Sequence[str], lexicon: Lexicon) -> AnalysedQuery:
    """The same query with other words: decoded, mended or fewer. Certificates they name become facts."""
    kinds, rest = read_certificates(words)
    facts = replace(query.facts, certificates=tuple(dict.fromkeys((*query.facts.certificates, *kinds))))
    concepts = _roles(concepts_of(rest, lexicon), lexicon)
    return replace(query, words=rest, facts=facts, concepts=concepts, likely=_likely(rest, lexicon))


def _likely(said: Sequence[str], lexicon: Lexicon) -> tuple[tuple[str, float], ...]:
    """Nothing tells which word a lone bare one is; what the market has most of is meant most often."""
    if len(said) != 1 or has_marks(said[0]):
        return ()
    heads, all_of_them = lexicon.vocabulary.heads, lexicon.vocabulary.folded_heads[said[0]]
    return tuple((head, heads[head] / all_of_them) for head in lexicon.vocabulary.heads_by_bare.get(said[0], ()))


def concepts_of(words: Sequence[str], lexicon: Lexicon, longest: int | None = None) -> tuple[Concept, ...]:
    """The cut that costs least: few pieces, and pieces that mean something."""
    best: list[tuple[float, tuple[Concept, ...]]] = [(0.0, ())]
    for end in range(1, len(words) + 1):
        starts = range(max(0, end - (longest or lexicon.longest_run)), end)
        ways = [_extended(best[start], tuple(words[start:end]), tuple(words[end:]), lexicon) for start in starts]
        best.append(min((way for way in ways if way is not None), key=lambda way: way[0]))
    return best[-1][1]


def _extended(
    before: tuple[float, tuple[Concept, ...]], run: tuple[str, ...], following: tuple[str, ...], lexicon: Lexicon
) -> tuple[float, tuple[Concept, ...]] | None:
    """A cut with one more piece, if the run is one."""
    concept = _meaning(run, following, lexicon)
    if concept is None and len(run) > 1:
        return None
    cost, concepts = before
    concept = concept or Concept((_form(run, lexicon),))
    return cost + _cost(concept, lexicon), (*concepts, concept)


def _cost(concept: Concept, lexicon: Lexicon) -> float:
    """A piece costs one, less when it is a well-known place, more when it is a lone or little-known word."""
    if concept.role is Role.PLACE and concept.place:
        return PROVINCE_COST if concept.place.provinces or len(concept.place.communes) > 1 else COMMUNE_COST
    if len(concept.typed) > 1:
        return NAME_COST if len(concept.forms) > 1 or is_opaque(concept.typed) else 1.0
    return LONE_WORD if lexicon.vocabulary.is_head(concept.typed) else STRANGE_WORD


def _meaning(run: tuple[str, ...], following: tuple[str, ...], lexicon: Lexicon) -> Concept | None:
    """What a run of words means as a whole, or None when it is only its words."""
    place = _place(run, lexicon)
    if lexicon.synonyms.knows(run, lexicon.literal_words):
        role = Role.COURTESY if _is_courtesy(run, lexicon) else Role.CONTENT
        forms = (_form(run, lexicon), *lexicon.synonyms.forms(run, lexicon.literal_words))
        return Concept(forms, role, place.place if place else None, _parts(run, lexicon))
    if place is not None:
        return place
    if len(run) == 1 and _is_courtesy(run, lexicon):
        return Concept((Form(run),), Role.COURTESY)
    if is_opaque(run) or _is_compound(run, following, lexicon):
        return Concept((_form(run, lexicon),))
    return None


def _form(run: tuple[str, ...], lexicon: Lexicon) -> Form:
    is_literal = bool(lexicon.literal_words) and all(word in lexicon.literal_words or has_marks(word) for word in run)
    return Form(run, is_literal=is_literal)


def _parts(run: tuple[str, ...], lexicon: Lexicon) -> tuple[Concept, ...]:
    """The meanings inside a name of several words: when one of them is more than its word, or when the name is long
    and its words may stand apart ("mật ong rừng" in "mật ong hoa rừng")."""
    if len(run) == 1:
        return ()
    parts = concepts_of(run, lexicon, longest=len(run) - 1)
    may_part = (
        len(run) >= MIN_WORDS_IN_PARTS and not is_opaque(run) and all(part.role is Role.CONTENT for part in parts)
    )
    return parts if may_part or any(len(part.forms) > 1 or part.place for part in parts) else ()


def _place(run: tuple[str, ...], lexicon: Lexicon) -> Concept | None:
    """A place, with or without its title; the name of a product ("thanh long") is no place."""
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
    """Two words that the catalogue keeps together, unless the second holds on more firmly to the third; a word said
    twice ("chôm chôm") is always one."""
    if len(run) == 2 and run[0] == run[1]:
        return True
    if len(run) != 2 or any(lexicon.synonyms.knows((word,)) or _is_courtesy((word,), lexicon) for word in run):
        return False
    firmness = lexicon.vocabulary.firmness(*run)
    return firmness > 0 and (not following or firmness >= lexicon.vocabulary.firmness(run[1], following[0]))


def _roles(concepts: tuple[Concept, ...], lexicon: Lexicon) -> tuple[Concept, ...]:
    """What is said behind a known thing about its use need not be found; courtesy must where nothing else was typed."""
    if all(concept.role is Role.COURTESY for concept in concepts):
        return tuple(replace(concept, role=Role.CONTENT) for concept in concepts)
    start = _purpose_start(concepts, lexicon)
    for_this = tuple(
        replace(concept, role=Role.PURPOSE) if concept.is_required else concept for concept in concepts[start:]
    )
    return _without_leading_verb(concepts[:start], lexicon) + for_this


def _purpose_start(concepts: Sequence[Concept], lexicon: Lexicon) -> int:
    """The first concept that opens a purpose behind a known thing: "cho bé ăn dặm", but not the kho of cá kho."""
    has_thing = False
    for at, concept in enumerate(concepts):
        if has_thing and begins_purpose(concept.typed[0]) and not _follows(concepts[at - 1], concept, lexicon):
            return at
        has_thing = has_thing or (concept.role is Role.CONTENT and is_known_thing(concept, lexicon.vocabulary))
    return len(concepts)


def _follows(before: Concept, concept: Concept, lexicon: Lexicon) -> bool:
    """Do names of the market go on like this?"""
    return lexicon.vocabulary.together(before.typed[-1], concept.typed[0]) > 0


def _without_leading_verb(concepts: tuple[Concept, ...], lexicon: Lexicon) -> tuple[Concept, ...]:
    """ "Ngâm chanh đào": what one wants to do with the thing, said in front of it."""
    first, *rest = concepts
    is_verb = len(first.typed) == 1 and begins_purpose(first.typed[0]) and not is_known_thing(first, lexicon.vocabulary)
    if is_verb and any(c.role is Role.CONTENT and is_known_thing(c, lexicon.vocabulary) for c in rest):
        return (replace(first, role=Role.PURPOSE), *rest)
    return concepts
