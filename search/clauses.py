"""What may be asked of an engine, as a small tree that every adapter translates.

Scores are said here, not left to the engine: a ``Scored`` clause adds exactly its score where it matches, so both engines
order alike, an order can be explained, and nothing but the text and the published signals moves a listing.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """One folded (or, in ``*_exact`` fields, toned) word of a text field, or one value of a keyword field."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words side by side, in order, with at most ``slop`` moves."""

    field: str
    words: tuple[str, ...]
    slop: int = 0


@dataclass(frozen=True, slots=True)
class OneOf:
    """Any of these values of a keyword field."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """A number (dong, grams, seconds since 1970) from ``least`` to ``most``, both included; None leaves an end open."""

    field: str
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Everything:
    """Every document of the kind asked for."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No document at all."""


@dataclass(frozen=True, slots=True)
class Scored:
    """``clause`` decides whether a document matches; matching adds exactly ``score``."""

    clause: Clause
    score: float


@dataclass(frozen=True, slots=True)
class Best:
    """Any one must match; only the best score counts."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least ``count`` must match; scores of all that match add up."""

    count: int
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """``must`` decides what matches, ``without`` what does not; each of ``bonuses`` that matches adds its score."""

    must: tuple[Clause, ...]
    bonuses: tuple[Clause, ...] = ()
    without: tuple[Clause, ...] = ()


Clause = Term | Phrase | OneOf | Between | Everything | Nothing | Scored | Best | AtLeast | Ranked
