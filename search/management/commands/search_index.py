"""Bring the search indices up to date with the changes in the outbox."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from search.engines import registry
from search.engines.port import SearchUnavailable
from search.index import words
from search.index.passes import drain

PAUSE_SECONDS = 1.0


class Command(BaseCommand):
    help = (
        "Write pending changes into the search indices and learn the words they say, "
        "once or (--watch) again and again until stopped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--watch", action="store_true", help="keep going; stop with Ctrl-C")

    def handle(self, *_args: Any, watch: bool = False, **_options: Any) -> None:
        self._drain_all()
        self._learn()
        while watch:
            time.sleep(PAUSE_SECONDS)
            self._drain_all()
            if words.is_learning_due(timezone.now()):
                self._learn()

    def _drain_all(self) -> None:
        for engine in settings.SEARCH_ENGINES:
            try:
                if count := drain(engine=engine, now=timezone.now()):
                    self.stdout.write(f"{engine}: {count} listings brought up to date")
            except SearchUnavailable as error:
                self.stderr.write(f"{engine}: {error}; the changes wait")

    def _learn(self) -> None:
        try:
            words.learn_from_any(registry.engines(), timezone.now())
        except SearchUnavailable as error:
            self.stderr.write(f"No index tells its words: {error}")
