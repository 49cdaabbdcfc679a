"""Build each search index anew beside the live one, then switch."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from search.engines.port import SearchUnavailable
from search.index.building import build_indices


class Command(BaseCommand):
    help = "Build the search index anew beside the live one, then switch; the shop is searchable all the time."
    requires_system_checks = []  # it mends what the search check complains about

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--engine", choices=settings.SEARCH_ENGINES, help="only this one; otherwise all")

    def handle(self, *_args: Any, engine: str | None = None, **_options: Any) -> None:
        away = []
        for name, built in build_indices([engine] if engine else settings.SEARCH_ENGINES, timezone.now()):
            if isinstance(built, SearchUnavailable):
                away.append(f"{name}: {built}")
            else:
                self.stdout.write(f"{name}: {built} listings indexed, the new index is live")
        if away:
            raise CommandError("\n".join(away))
