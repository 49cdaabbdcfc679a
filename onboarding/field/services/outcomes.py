"""How one act can end beside being done, and how two people's changes of one thing come together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.errors import DomainError


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field that somebody else changed too: what this act wanted, and what stands."""

    field: str
    yours: Any
    theirs: Any


@dataclass(slots=True)
class Outcome:
    """``conflicts`` are fields that were left as they are; everything else of the act is written."""

    household_code: str = ""
    result: dict[str, Any] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)


class ActWaits(DomainError):
    """Something that the act needs is not here yet; the phone sends it again. Nothing of it is kept."""

    code = "waits"


def merge(
    *,
    wanted: Mapping[str, Any],
    seen: Mapping[str, Any],
    standing: Mapping[str, Any],
    together: Iterable[frozenset[str]] = (),
) -> tuple[dict[str, Any], list[Conflict]]:
    """What of ``wanted`` may be written over ``standing``, and the fields that somebody else changed meanwhile.

    A field may be written when it stands as it was ``seen``, or stands already as it is wanted. Fields of one group in
    ``together`` mean nothing alone: if one of them is in conflict, those of the group that would change are.
    """
    clashing = {name for name, value in wanted.items() if standing[name] != seen.get(name) and standing[name] != value}
    for group in together:
        moved = {name for name in group if name in seen and standing[name] != seen[name]}
        changing = {name for name in group & wanted.keys() if standing[name] != wanted[name]}
        if moved and changing:
            clashing |= changing
    conflicts = [Conflict(name, wanted[name], standing[name]) for name in wanted if name in clashing]
    return {name: value for name, value in wanted.items() if name not in clashing}, conflicts
