"""What a change of a listing would change: words inserted and deleted, values before and after, photos."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rapidfuzz.distance import LCSseq

from catalog.models import Category
from catalog.properties import PROPERTIES, Property, in_words

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_TOKEN = re.compile(r"\s+|[^\W_]+|[\W_]", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: in both versions, or only ``inserted`` or ``deleted``."""

    text: str
    inserted: bool = False
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class ChangedProperty:
    """One property that differs, with its texts in pieces."""

    label: StrOrPromise
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """``added`` and ``removed`` are keys of photos; ``reordered``: those in both stand in another order."""

    properties: tuple[ChangedProperty, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    reordered: bool

    def __bool__(self) -> bool:
        return bool(self.properties or self.added or self.removed or self.reordered)


def difference_of(
    before: Mapping[str, Any], after: Mapping[str, Any], photos_before: Sequence[str], photos_after: Sequence[str]
) -> Difference:
    """What ``after`` changes, in the order of the form. Mappings name properties; photos are their keys in order."""
    kept = [key for key in photos_after if key in photos_before]
    return Difference(
        properties=tuple(_changed_properties(before, after)),
        added=tuple(key for key in photos_after if key not in photos_before),
        removed=tuple(key for key in photos_before if key not in photos_after),
        reordered=kept != [key for key in photos_before if key in photos_after],
    )


def _changed_properties(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[ChangedProperty]:
    for declared in PROPERTIES:
        if declared.name not in after or before[declared.name] == after[declared.name]:
            continue
        old, new = (_said(declared, said[declared.name]) for said in (before, after))
        if declared.name in ("title", "description"):
            pieces = compare_words(old, new)
        else:
            pieces = tuple(piece for piece in (Piece(old, deleted=True), Piece(new, inserted=True)) if piece.text)
        yield ChangedProperty(declared.label, pieces)


def _said(declared: Property, value: Any) -> str:
    if declared.name == "category_id":  # has no words without its row
        category = Category.objects.filter(pk=value).first()
        return category.local_name if category else ""
    return in_words(declared, value)


def compare_words(before: str, after: str) -> tuple[Piece, ...]:
    """Both texts as runs of whole words: what stands in both, what is deleted, what is inserted."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    pieces: list[Piece] = []
    for step in LCSseq.opcodes(old, new):
        if step.tag == "equal":
            pieces.append(Piece("".join(old[step.src_start : step.src_end])))
        if step.tag in ("delete", "replace"):
            pieces.append(Piece("".join(old[step.src_start : step.src_end]), deleted=True))
        if step.tag in ("insert", "replace"):
            pieces.append(Piece("".join(new[step.dest_start : step.dest_end]), inserted=True))
    return _joined(pieces)


def _joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Several changed words in a row are read as one change: the old ones, then the new ones.

    A space between two changed words belongs to both sides.
    """
    joined: list[Piece] = []
    old, new = "", ""

    def close() -> None:
        nonlocal old, new
        joined.extend(piece for piece in (Piece(old, deleted=True), Piece(new, inserted=True)) if piece.text)
        old, new = "", ""

    for number, piece in enumerate(pieces):
        is_bridge = not piece.text.strip() and (old or new) and number + 1 < len(pieces)
        if piece.deleted:
            old += piece.text
        elif piece.inserted:
            new += piece.text
        elif is_bridge:
            old, new = old + piece.text, new + piece.text
        else:
            close()
            joined.append(piece)
    close()
    return tuple(joined)
