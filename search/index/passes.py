"""The three passes over an index: drain the outbox into it, rebuild it, compare it with the database.

Each pass takes its number from the database before it reads (``IndexPass``), and the number is the version of what it
writes.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from django.db.models import Q

from catalog.selectors import published_listings
from search.engines import registry
from search.engines.documents import ListingDocument
from search.engines.fields import fingerprint
from search.engines.port import IndexBuild, IndexWriter
from search.index import outbox, signposts, words
from search.index.reliability import moved_households
from search.index.source import Source
from search.models import IndexPass, PassKind

DRAIN_BATCH = 500


def drain(*, engine: str, now: datetime) -> int:
    """Write every changed listing of the outbox into one engine's index, and signposts that it lacks. Returns how many
    listings there were. Safe to repeat and to run twice at once."""
    writer = registry.writer(engine)
    total = 0
    while batch := list(outbox.pending(engine).values_list("pk", "product_id")[:DRAIN_BATCH]):
        with _index_pass(PassKind.DRAIN, engine, now) as current:
            product_ids = sorted({product_id for _, product_id in batch})
            written = _bring_up_to_date(writer, product_ids, current.pk, now)
            current.listings = len(product_ids)
            outbox.pending(engine).filter(pk__in=[pk for pk, _ in batch]).update(done_in=current)
        signposts.note(writer, written)
        total += len(product_ids)
    if signposts.are_missing(writer, now):
        _follow_signposts(engine, now)
    return total


def count_signposts(*, engine: str, now: datetime) -> None:
    """Write the signposts again whose counts changed, if it is time to; also after drains of other processes."""
    writer = registry.writer(engine)
    drained = IndexPass.objects.filter(engine=engine, kind=PassKind.DRAIN, listings__gt=0)
    if (looked := signposts.last_look(writer)) and drained.filter(started_at__gte=looked).exists():
        signposts.note(writer, ())
    if signposts.are_due(writer, now):
        _follow_signposts(engine, now)


def _follow_signposts(engine: str, now: datetime) -> None:
    with _index_pass(PassKind.DRAIN, engine, now) as current:
        signposts.follow(registry.engine(engine), registry.writer(engine), version=current.pk, now=now)


def rebuild(*, engine: str, now: datetime) -> int:
    """Fill a new index beside the live one, then switch to it. Returns how many listings it holds.

    The live index answers until the switch. Listings that change while the new one is being filled are read again
    before the switch, and what was drained into the old index meanwhile is drained again after it.
    """
    with _index_pass(PassKind.REBUILD, engine, now) as current:
        build = registry.writer(engine).start_build()
        try:
            source = Source(now)
            current.listings = build.write(source.listings(version=current.pk))
            build.write_signposts(replace(sign, version=current.pk) for sign in source.signposts())
            _replay(build, engine, current.pk, now)
            build.publish()
        except BaseException:
            build.discard()
            raise
    outbox.touched_since(engine, current.pk).update(done_in=None)
    drain(engine=engine, now=now)
    words.learn(registry.engine(engine), now)
    return current.listings


def compare(*, engine: str, now: datetime) -> set[int | str]:
    """Find what differs between database and index once the outbox is drained and the signposts are written anew, and
    write the differing listings again. Returns listings by their id, signposts by their key."""
    _renew_reliability(engine, now)
    with _index_pass(PassKind.COMPARE, engine, now) as current:
        first = _differences(engine, now, current.pk)
        found = first & _differences(engine, now, current.pk) if first else first  # a sale in between is no difference
        current.problem = f"{len(found)} differences" if found else ""
    if outbox.add(product_ids=sorted(key for key in found if isinstance(key, int)), now=now):
        drain(engine=engine, now=now)
    return found


def _renew_reliability(engine: str, now: datetime) -> None:
    """Add to the outbox the listings whose household's reliability may have changed since all were last compared."""
    moved = list(moved_households(now, before=_last_compared_at(engine, now)))
    listings = published_listings().filter(household__in=moved)
    outbox.add(product_ids=listings.values_list("pk", flat=True), now=now)


def _last_compared_at(engine: str, now: datetime) -> datetime | None:
    """When the latest comparison began, or the latest rebuild that succeeded; all listings were read then."""
    looked = Q(kind=PassKind.COMPARE) | Q(kind=PassKind.REBUILD, problem="", seconds__isnull=False)
    passes = IndexPass.objects.filter(looked, engine=engine, started_at__lte=now)
    return passes.order_by("-started_at").values_list("started_at", flat=True).first()


def _differences(engine: str, now: datetime, version: int) -> set[int | str]:
    """The ids of listings and the keys of signposts that the index lacks, should not have, or has with other
    content."""
    drain(engine=engine, now=now)
    reading = registry.engine(engine)
    signposts.follow(reading, registry.writer(engine), version=version, now=now)
    wanted = {document.sku: fingerprint(document) for document in Source(now).listings(version=0)}
    return {int(sku) for sku, _ in wanted.items() ^ reading.fingerprints().items()} | signposts.differences(
        reading, now
    )


def _replay(build: IndexBuild, engine: str, pass_id: int, now: datetime) -> None:
    """Write the listings that changed while the build was being filled again, with the number of a later pass."""
    with _index_pass(PassKind.DRAIN, engine, now) as later:
        product_ids = sorted(set(outbox.touched_since(engine, pass_id).values_list("product_id", flat=True)))
        _bring_up_to_date(build, product_ids, later.pk, now)
        later.listings = len(product_ids)


def _bring_up_to_date(
    target: IndexWriter | IndexBuild, product_ids: Sequence[int], version: int, now: datetime
) -> list[ListingDocument]:
    """Write those of these listings that buyers may see, remove the others, and return what was written."""
    documents = list(Source(now).listings(version=version, product_ids=product_ids))
    target.write(documents)
    on_sale = {document.sku for document in documents}
    target.remove([str(pk) for pk in product_ids if str(pk) not in on_sale], version)
    return documents


@contextmanager
def _index_pass(kind: PassKind, engine: str, now: datetime) -> Iterator[IndexPass]:
    """A pass with its number. How long it took, and the error that ended it, is kept for operators."""
    begun = time.monotonic()
    current = IndexPass.objects.create(kind=kind, engine=engine, started_at=now)
    try:
        yield current
    except Exception as error:
        current.problem = str(error)[:300]
        raise
    finally:
        current.seconds = time.monotonic() - begun
        current.save(update_fields=["seconds", "listings", "problem"])
