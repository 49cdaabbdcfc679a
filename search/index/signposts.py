"""Signposts follow the listings: categories and places are suggested as soon as something of theirs is on sale.

What a drain wrote says which signposts must be there. One that is not known to be is looked after at once, a count that
may have moved within minutes; either way all are read anew, compared with the index, and only what differs is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from search.engines.documents import ListingDocument, Signpost
from search.engines.fields import signpost_key
from search.engines.port import IndexWriter, SearchEngine
from search.index.source import Source

COUNTED_EVERY = timedelta(minutes=5)
MISSING_EVERY = timedelta(seconds=10)
"""However many new communes a bulk of listings brings, reading all signposts takes its turn only so often."""


@dataclass
class Followed:
    """What this process knows of the signposts in one index; nothing at first, so it looks once."""

    keys: set[str] = field(default_factory=set)
    at: datetime | None = None
    is_owed: bool = True
    lacks: bool = False


_followed: WeakKeyDictionary[IndexWriter, Followed] = WeakKeyDictionary()


def note(writer: IndexWriter, documents: Iterable[ListingDocument]) -> None:
    """These listings were written, or others removed where there are none: their signposts may be other ones now."""
    followed = _followed.setdefault(writer, Followed())
    followed.is_owed = True
    followed.lacks |= any(not _keys_of(document) <= followed.keys for document in documents)


def are_due(writer: IndexWriter, now: datetime) -> bool:
    followed = _followed.setdefault(writer, Followed())
    if followed.at is None:
        return True
    return followed.is_owed and now - followed.at >= (MISSING_EVERY if followed.lacks else COUNTED_EVERY)


def follow(engine: SearchEngine, writer: IndexWriter, *, version: int, now: datetime) -> int:
    """Write what differs between database and index, and say how much; ``version`` was taken before this reads."""
    wanted = _wanted(now)
    indexed = _indexed(engine)
    gone = indexed.keys() - wanted.keys()
    changed = [replace(sign, version=version) for key, sign in wanted.items() if indexed.get(key) != sign]
    writer.write_signposts(changed)
    writer.remove(sorted(gone), version)
    _followed[writer] = Followed(keys=set(wanted), at=now, is_owed=False)
    return len(changed) + len(gone)


def differences(engine: SearchEngine, now: datetime) -> set[str]:
    """Signposts that the index lacks, should not have, or has otherwise than the database."""
    wanted, indexed = _wanted(now), _indexed(engine)
    return {key for key in wanted.keys() | indexed.keys() if wanted.get(key) != indexed.get(key)}


def _wanted(now: datetime) -> dict[str, Signpost]:
    return {signpost_key(sign): sign for sign in Source(now).signposts()}


def _indexed(engine: SearchEngine) -> dict[str, Signpost]:
    return {signpost_key(sign): replace(sign, version=0) for sign in engine.signposts()}


def _keys_of(document: ListingDocument) -> set[str]:
    categories = {f"category:{node.key}" for node in document.categories}
    return categories | {f"province:{document.province.key}", f"commune:{document.commune.key}"}
