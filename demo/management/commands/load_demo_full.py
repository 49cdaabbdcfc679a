"""Đồng Nai as reported for 2022, at full size."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.errors import DomainError
from demo.full.loading import load_full
from demo.full.totals import Totals
from marketplace.set_up import STEPS, build_index, take_needed


class Command(BaseCommand):
    help = (
        "Load Đồng Nai as reported for 2022 (1,000 teams, 6,400 members, 125,800 households, 76,300 of them active, "
        "1,100 products) into a database of its own; interrupted or repeated, it goes on where it stopped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", type=int, default=1, help="one of so many equal parts; 1 loads all")
        parser.add_argument("--products", type=int, default=0, help="so many listings, more than reported, to measure")

    def handle(self, *args: Any, scale: int, products: int, **options: Any) -> None:
        if not settings.DEBUG and not settings.SHOW_OUTBOX:
            raise CommandError("The demo has passwords that everyone can read: load it in development only.")
        if not 1 <= scale <= 100:
            raise CommandError("--scale is a whole number from 1 to 100.")
        started = time.monotonic()
        out: Any = self.stdout
        take_needed(STEPS, out)
        totals = Totals().scaled(scale)
        try:
            load_full(
                totals=replace(totals, products=products or totals.products),
                report=self._say,
                now=timezone.now().replace(microsecond=0),
            )
        except DomainError as error:
            raise CommandError(str(error)) from error
        build_index(out, settings.SEARCH_ENGINES)
        self._say(f"loaded in {time.monotonic() - started:.0f} s")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
