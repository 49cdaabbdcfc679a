"""Keeping signposts up to date: a category or a place is suggested as soon as something of it is on sale.

The documents that a drain wrote tell which signposts must be indexed. If one of them is not known to be, all signposts
are read again at once (every ten seconds at most). If only their counts may have changed, the minute's task reads them
within five minutes: at 100,000 listings that takes a quarter of a second, for which no buyer waits. They are compared
with the index, and only what differs is written.
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
"""All signposts are read at most so often, however many new communes a bulk of listings brings."""


@dataclass
class Followed:
    """What this process knows of the signposts in one index: their keys, when it last compared them, whether a count
    may have changed since (``may_differ``), and whether one is missing (``is_missing_some``)."""

    keys: set[str] = field(default_factory=set)
    at: datetime | None = None
    may_differ: bool = True
    is_missing_some: bool = False


_followed: WeakKeyDictionary[IndexWriter, Followed] = WeakKeyDictionary()


def note(writer: IndexWriter, documents: Iterable[ListingDocument]) -> None:
    """Remember that these listings were written, or, if there are none, that others were removed."""
    followed = _followed.setdefault(writer, Followed())
    followed.may_differ = True
    followed.is_missing_some |= any(not _keys_of(document) <= followed.keys for document in documents)


def are_due(writer: IndexWriter, now: datetime) -> bool:
    """Whether a category or a place may be missing or differ, and it is time to look."""
    followed = _followed.setdefault(writer, Followed())
    if followed.at is None:
        return True
    return followed.may_differ and now - followed.at >= (MISSING_EVERY if followed.is_missing_some else COUNTED_EVERY)


def are_missing(writer: IndexWriter, now: datetime) -> bool:
    """As ``are_due``, for what somebody would look for in vain; for a process that has not looked yet too."""
    followed = _followed.setdefault(writer, Followed())
    return (followed.at is None or followed.is_missing_some) and are_due(writer, now)


def last_look(writer: IndexWriter) -> datetime | None:
    """When this process last compared the signposts."""
    return _followed.setdefault(writer, Followed()).at


def follow(engine: SearchEngine, writer: IndexWriter, *, version: int, now: datetime) -> int:
    """Write the signposts that differ between database and index and return how many. ``version`` is the number of a
    pass that began before this reads."""
    wanted = _wanted(now)
    indexed = _indexed(engine)
    gone = indexed.keys() - wanted.keys()
    changed = [replace(sign, version=version) for key, sign in wanted.items() if indexed.get(key) != sign]
    writer.write_signposts(changed)
    writer.remove(sorted(gone), version)
    _followed[writer] = Followed(keys=set(wanted), at=now, may_differ=False)
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
