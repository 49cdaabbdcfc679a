"""The data of the language: what a typed text was understood to mean, before any engine is asked.

An ``AnalysedQuery`` is one reading of the text. A ``SearchStep`` is one search to try: a reading, its clause, and the
stage that tells the page how the reading came about. ``plan.steps`` yields the steps in their order.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from search.language.clauses import Clause
from search.language.measures import Measure
from search.language.needs import Need


@dataclass(frozen=True, slots=True)
class Form:
    """One way of saying a concept: its words in settled spelling.

    ``weight`` is 1.0 for the way it was typed and less for a synonym. ``is_literal``: a bare word of this form is read
    as it stands and never as a toned word, because the buyer typed tones on other words. ``heads``, only of one bare
    word: the words of the catalogue that it may stand for and that a name begins with. ``is_near``: a synonym
    that names something near what was typed, and not the thing itself. ``begins_name``: it counts only where a name
    begins with it, because inside of names it mostly says something else (thơm is a pineapple, and "gạo thơm" is
    fragrant rice).
    """

    words: tuple[str, ...]
    weight: float = 1.0
    is_literal: bool = False
    heads: tuple[str, ...] = ()
    is_near: bool = False
    begins_name: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class PlaceMeaning:
    """The places that a run of words may mean, as codes of today, whatever former name was typed.

    ``communes`` and ``provinces`` are meant themselves; ``around`` are the provinces in which those communes lie.
    """

    communes: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    around: tuple[str, ...] = ()


class Role(StrEnum):
    """What a concept does in the query."""

    CONTENT = "content"  # must be found
    PLACE = "place"  # must be found, as a word of the texts or as a place code
    PURPOSE = "purpose"  # says what the thing is for: adds points where a text says it, is never required
    COURTESY = "courtesy"  # is said to the shop ("mua", "ngon", "quả"): adds few points, is never required


@dataclass(frozen=True, slots=True)
class Concept:
    """A run of words that means one thing, with every way of saying it; ``forms[0]`` is the typed one.

    ``parts`` are the concepts that the run also splits into. "Trà Thái Nguyên" is one name with synonyms of its own,
    and it is also trà (whose synonym is chè) and the place Thái Nguyên; a listing may match either way. ``needs`` are
    the ways in which listings serve what it asks for, where it is a need (``search.language.needs``).
    """

    forms: tuple[Form, ...]
    role: Role = Role.CONTENT
    place: PlaceMeaning | None = None
    parts: tuple["Concept", ...] = ()
    needs: tuple[Need, ...] = ()

    @property
    def typed(self) -> tuple[str, ...]:
        return self.forms[0].words

    @property
    def is_required(self) -> bool:
        return self.role in (Role.CONTENT, Role.PLACE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the text asks of weight, unit, stars, price, month and certificates. The words that said so are taken out of
    the text and are part of no concept. Prices are whole dong."""

    measures: tuple[Measure, ...] = ()
    unit_words: tuple[str, ...] = ()
    stars: tuple[int, ...] = ()
    ocop: bool = False
    price_at_least: int | None = None
    price_at_most: int | None = None
    months: tuple[int, ...] = ()
    in_season: bool = False
    certificates: tuple[str, ...] = ()
    """Kinds of quality certificates (``search.language.certificates``)."""

    def __bool__(self) -> bool:
        return self != Facts()


@dataclass(frozen=True, slots=True)
class AnalysedQuery:
    """One reading of a typed text. ``text`` is what the page shows of it, ``words`` what the concepts were cut from."""

    text: str
    words: tuple[str, ...] = ()
    concepts: tuple[Concept, ...] = ()
    facts: Facts = field(default_factory=Facts)
    likely: tuple[tuple[str, float], ...] = ()
    """Only for a query of one bare word: each toned word that it may stand for (dưa, dừa, dứa for "dua"), with its
    share, 0 to 1, of the names in the catalogue that begin with any of them."""

    @property
    def content(self) -> tuple[Concept, ...]:
        return tuple(concept for concept in self.concepts if concept.role is Role.CONTENT)

    @property
    def is_empty(self) -> bool:
        return not self.concepts and not self.facts


class Stage(StrEnum):
    """How the reading of a step came about; the page tells the buyer."""

    AS_TYPED = "as_typed"
    DECODED = "decoded"  # raw Telex or VNI keys were read as the letters they stand for
    REPAIRED = "repaired"  # slips were mended with the words of the catalogue
    RELAXED = "relaxed"  # part of the text was left out; ``SearchStep.dropped`` says which
    NEARBY = "nearby"  # something close to the query, shown below few results under a heading of its own


@dataclass(frozen=True, slots=True)
class SearchStep:
    """One search to try.

    ``text`` is what is searched, which the page shows after "Đang hiện kết quả cho"; ``dropped`` are the words that
    were left out, or ("price",) for the price limit. ``exact`` matches those of its listings that are what was asked
    for; the others are only near it. It is None where the clause finds nothing that is only near.
    """

    stage: Stage
    text: str
    query: AnalysedQuery
    clause: Clause
    dropped: tuple[str, ...] = ()
    exact: Clause | None = None
