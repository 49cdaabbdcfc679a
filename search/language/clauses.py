"""Clauses: what must match in the index and how many points a match is worth, in terms that no engine owns.

A reading becomes one tree of clauses. An engine translates each node into its own query of the same meaning and adds
filters, facets and sorting. Scores are constants and never BM25, so every engine ranks alike:

* a leaf (``Phrase``, ``Fact``, ``FactPrefix``, ``FactRange``) that matches scores exactly its ``score``;
* ``Every`` matches when all parts match and scores their sum;
* ``Best`` matches when any part matches and scores as much as the best of them;
* ``Plus`` matches when ``base`` matches and adds the score of each bonus that matches too;
* ``Silent`` matches when its clause matches and scores nothing (a filter).

A listing that matches a query perfectly scores about 100, however many words the query has.
"""

from dataclasses import dataclass
from enum import StrEnum

BAR = "|"
"""A word of its own before each name of the fields CATEGORY and KINDS and between the names of every other field, so
that no phrase matches across two names, and a phrase can ask for the beginning of one."""

MIN_NUMBER, MAX_NUMBER = -(2**63), 2**63 - 1
"""Numbers in an index have 64 bits. A bound beyond them is replaced by the last number within."""


class TextField(StrEnum):
    """The texts of a listing. Each is indexed in every ``TextForm``, as words parted by single spaces."""

    NAME = "name"
    CATEGORY = "category"
    """The names of its categories, as far as they say what it is."""
    KINDS = "kinds"
    """The kinds that one of its categories lists ("Cam, bưởi, quýt") where nothing tells which of them it is."""
    HOUSEHOLD = "household"
    PLACE = "place"
    DESCRIPTION = "description"
    UNIT = "unit"


class TextForm(StrEnum):
    """Three ways of indexing one text; the value is the suffix of the field's name in the index."""

    FOLDED = ""
    """All of it, without tones and marks (``normal.folded_text``)."""
    EXACT = "_exact"
    """All of it with its tones (``normal.exact_text``)."""
    BARE = "_bare"
    """All of it if the seller wrote it without any tone or mark, otherwise nothing. A toned query word is found here by
    its bare form, because in such a text a bare word may stand for any toned one."""


class FactField(StrEnum):
    """The facts of a listing, indexed as whole values.

    ``HEAD`` holds the folded heads of its name, ``HEAD_EXACT`` the heads with tones, and ``HEAD_BARE`` the heads of a
    name that was written without any tone or mark. ``STATE`` is "plain" or "prepared" (``normal.is_prepared``). Ranges
    are asked only of weight (grams), price (dong), trust (0 to 100) and publication (seconds since 1970).
    """

    HEAD = "head"
    HEAD_EXACT = "head_exact"
    HEAD_BARE = "head_bare"
    PROVINCE = "province_code"
    COMMUNE = "commune_code"
    WEIGHT = "net_weight_g"
    PRICE = "price"
    STARS = "ocop_stars"
    MONTH = "season_months"
    CATEGORY_ID = "category_ids"
    HOUSEHOLD = "household_code"
    CERTIFICATE = "certificates"
    STOCK = "stock"
    TRUST = "trust"
    TRUST_LEVEL = "trust_level"
    PUBLISHED = "published"
    PUBLISHED_DAY = "published_day"
    LOT = "lot"
    KIND = "kind"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class Phrase:
    """These words stand side by side in this order in the field; one word is a phrase too.

    ``exact`` and ``bare`` choose that form of the field instead of FOLDED. With ``prefix`` the last word is unfinished
    and matches every word that begins with it. ``at_start``, asked only of CATEGORY and KINDS: the words begin a name.
    """

    field: TextField
    words: tuple[str, ...]
    exact: bool = False
    prefix: bool = False
    score: float = 1.0
    bare: bool = False
    at_start: bool = False

    @property
    def index_field(self) -> str:
        form = TextForm.BARE if self.bare else TextForm.EXACT if self.exact else TextForm.FOLDED
        return self.field.value + form.value

    @property
    def indexed_words(self) -> tuple[str, ...]:
        """The words that stand side by side in the index."""
        return (BAR, *self.words) if self.at_start else self.words


@dataclass(frozen=True, slots=True)
class Fact:
    """The field holds one of these values."""

    field: FactField
    values: tuple[str | int, ...]
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class FactPrefix:
    """The field holds a value that begins so; asked only of ``HEAD`` and ``HEAD_EXACT``."""

    field: FactField
    value: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class FactRange:
    """The field's number lies between two bounds, both included; ``None`` sets no bound."""

    field: FactField
    at_least: int | None = None
    at_most: int | None = None
    score: float = 1.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "at_least", within_bounds(self.at_least))
        object.__setattr__(self, "at_most", within_bounds(self.at_most))


@dataclass(frozen=True, slots=True)
class Every:
    parts: tuple["Clause", ...]


@dataclass(frozen=True, slots=True)
class Best:
    parts: tuple["Clause", ...]


@dataclass(frozen=True, slots=True)
class Plus:
    base: "Clause"
    bonuses: tuple["Clause", ...]


@dataclass(frozen=True, slots=True)
class Silent:
    clause: "Clause"


@dataclass(frozen=True, slots=True)
class Anything:
    """Every product, with score 0: the empty query."""


Clause = Phrase | Fact | FactPrefix | FactRange | Every | Best | Plus | Silent | Anything


def within_bounds(number: int | None) -> int | None:
    return None if number is None else max(MIN_NUMBER, min(number, MAX_NUMBER))


def unscored(clause: Clause) -> Clause:
    """A cheaper clause that matches the same listings, for counting: without the bonuses, which only add points."""
    match clause:
        case Plus(base):
            return unscored(base)
        case Every(parts):
            return Every(tuple(unscored(part) for part in parts))
        case Best(parts):
            return Best(tuple(unscored(part) for part in parts))
        case _:
            return clause
