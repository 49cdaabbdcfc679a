"""What must match and what it is worth, said without any engine.

A clause tree is the whole text part of a query: an engine translates each node into its own query of the same meaning
and adds filters, facets and sorting. Scores are constants, never BM25, so that every engine ranks alike:

* a leaf that matches scores exactly its ``score``;
* ``Every`` matches when all parts match and scores their sum;
* ``Best`` matches when any part matches and scores the best of them (no tie breaker);
* ``Plus`` matches when ``base`` matches and adds the score of each bonus that matches too;
* ``Silent`` matches when its clause matches and scores nothing (a filter).

A listing that answers a query perfectly scores about 100, whatever the length of the query.
"""

from dataclasses import dataclass
from enum import StrEnum

MIN_NUMBER, MAX_NUMBER = -(2**63), 2**63 - 1
"""Numbers in an index have 64 bits; a bound beyond them means the same as the last number within."""


class TextField(StrEnum):
    """The texts of a product. Each is indexed word by word (parted by single spaces; an engine only splits at the
    spaces) in every ``TextForm``."""

    NAME = "name"
    CATEGORY = "category"
    """What the categories say it is."""
    KINDS = "kinds"
    """What it may be: the kinds that a category lists ("Cam, bưởi, quýt"), where nothing else says which."""
    HOUSEHOLD = "household"
    PLACE = "place"
    DESCRIPTION = "description"
    UNIT = "unit"


class TextForm(StrEnum):
    """What of a text is compared; the value is what the name of the field in the index ends in."""

    FOLDED = ""
    """All of it, without tones and marks (``normal.folded_text``)."""
    EXACT = "_exact"
    """All of it, as it is spelt (``normal.exact_text``)."""
    BARE = "_bare"
    """Only texts that were written without any tone or mark: there a bare word may be any word."""


class FactField(StrEnum):
    """The facts of a product, indexed as whole values.

    ``HEAD`` holds what ``normal.heads`` gives, ``HEAD_EXACT`` what ``normal.exact_heads`` gives, ``HEAD_BARE`` the same
    of a name without any tone or mark; ``STATE`` is "plain" or "prepared" (``normal.is_prepared``). Ranges are asked
    only of weight, price, trust and publication.
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
    """These words, next to each other and in this order; a single word is a phrase of one.

    ``exact`` and ``bare`` choose another form of the field; with ``prefix`` the last word may go on.
    """

    field: TextField
    words: tuple[str, ...]
    exact: bool = False
    prefix: bool = False
    score: float = 1.0
    bare: bool = False

    @property
    def index_field(self) -> str:
        form = TextForm.BARE if self.bare else TextForm.EXACT if self.exact else TextForm.FOLDED
        return self.field.value + form.value


@dataclass(frozen=True, slots=True)
class Fact:
    """A whole value is one of these."""

    field: FactField
    values: tuple[str | int, ...]
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class FactPrefix:
    """A whole value begins so (only ``HEAD`` and ``HEAD_EXACT``)."""

    field: FactField
    value: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class FactRange:
    """A number lies between two bounds, both included; ``None`` is open."""

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
    """What matches the same documents with fewer parts: without the bonuses, which only score."""
    match clause:
        case Plus(base):
            return unscored(base)
        case Every(parts):
            return Every(tuple(unscored(part) for part in parts))
        case Best(parts):
            return Best(tuple(unscored(part) for part in parts))
        case _:
            return clause
