"""What a typed text was understood to mean, before any engine is asked.

``AnalysedQuery`` is one reading of the text; a ``Step`` is one reading that is to be tried, with what the page must
say when its results are shown. ``plan.steps`` yields the steps; the search service asks the engine for each in turn
and stops at the first that finds something.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from search.language.clauses import Clause
from search.language.measures import Measure


@dataclass(frozen=True, slots=True)
class Form:
    """One way of saying a concept: its words in normal spelling; ``weight`` 1.0 is the way it was typed.

    ``is_spelt``: words without tones are meant without them, because who typed them types tones.
    """

    words: tuple[str, ...]
    weight: float = 1.0
    is_literal: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class PlaceMeaning:
    """The places a run of words may mean today: new codes, whatever name was typed.

    ``provinces`` are meant themselves; ``around`` are the provinces that hold the communes meant.
    """

    communes: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    around: tuple[str, ...] = ()


class Role(StrEnum):
    CONTENT = "content"  # must be found
    PLACE = "place"  # must be found, in the texts or as a place code
    PURPOSE = "purpose"  # what the thing is for: helps the ranking where a text says it, never required
    COURTESY = "courtesy"  # helps the ranking where found, never required: "quả", "ngon", "mua"


@dataclass(frozen=True, slots=True)
class Concept:
    """A run of words that means one thing, with every way of saying it (``forms[0]`` is the typed one).

    ``parts`` are the meanings of its words one by one, where they have any: "trà Thái Nguyên" is a name of its own, and
    also trà, which is chè, from Thái Nguyên.
    """

    forms: tuple[Form, ...]
    role: Role = Role.CONTENT
    place: PlaceMeaning | None = None
    parts: tuple["Concept", ...] = ()

    @property
    def typed(self) -> tuple[str, ...]:
        return self.forms[0].words

    @property
    def is_required(self) -> bool:
        return self.role in (Role.CONTENT, Role.PLACE)


@dataclass(frozen=True, slots=True)
class Facts:
    """Measures and limits understood in the text. The words that said so are no longer among the concepts."""

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
    text: str
    words: tuple[str, ...] = ()
    concepts: tuple[Concept, ...] = ()
    facts: Facts = field(default_factory=Facts)
    likely: tuple[tuple[str, float], ...] = ()
    """Of a single bare word: what it may be with its tones, each with its share of the names that begin so."""

    @property
    def content(self) -> tuple[Concept, ...]:
        return tuple(concept for concept in self.concepts if concept.role is Role.CONTENT)

    @property
    def is_empty(self) -> bool:
        return not self.concepts and not self.facts


class Stage(StrEnum):
    """How a step came about; the page words it."""

    AS_TYPED = "as_typed"
    DECODED = "decoded"  # raw Telex or VNI read as the letters meant
    REPAIRED = "repaired"  # slips mended from the words of the catalogue
    RELAXED = "relaxed"  # part of the text left out; ``dropped`` says which
    NEARBY = "nearby"  # shown below few results, under a heading of its own


@dataclass(frozen=True, slots=True)
class SearchStep:
    """One search to try. ``text`` is what is really searched, for "Đang hiện kết quả cho “…”"."""

    stage: Stage
    text: str
    query: AnalysedQuery
    clause: Clause
    dropped: tuple[str, ...] = ()
