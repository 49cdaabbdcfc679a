"""Compare the search indices with the database."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from search.engines.port import SearchUnavailable
from search.index.passes import compare


class Command(BaseCommand):
    help = "Compare each search index with the database, mend what differs, and fail if anything did."

    def handle(self, *_args: Any, **_options: Any) -> None:
        differing, wrong = 0, []
        for engine in settings.SEARCH_ENGINES:
            try:
                found = compare(engine=engine, now=timezone.now())
            except SearchUnavailable as error:
                wrong.append(f"{engine}: {error}")
                continue
            self.stdout.write(f"{engine}: {len(found)} differences")
            for key in sorted(found, key=str)[:20]:
                self.stdout.write(f"  {key if isinstance(key, str) else f'listing {key}'}")
            differing += len(found)
        if differing:
            wrong.append("The index and the database differed; the listings were sent to the index again.")
        if wrong:
            raise CommandError("\n".join(wrong))
