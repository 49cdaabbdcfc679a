"""Đồng Nai as reported for 2022, at full size."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from marketplace.core.errors import DomainError
from marketplace.demo.full.loading import load_full
from marketplace.demo.full.totals import Totals

BASICS = ("load_places", "load_categories", "load_shipping_tariff", "load_synonyms", "load_content")


class Command(BaseCommand):
    help = (
        "Load Đồng Nai as reported for 2022 (1,000 teams, 6,400 members, 125,800 households, 76,300 of them active, "
        "1,100 products) into a database of its own; interrupted or repeated, it goes on where it stopped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", type=int, default=1, help="one of so many equal parts; 1 loads all")

    def handle(self, *args: Any, scale: int, **options: Any) -> None:
        if not settings.DEBUG and not settings.SHOW_OUTBOX:
            raise CommandError("The demo has passwords that everyone can read: load it in development only.")
        if not 1 <= scale <= 100:
            raise CommandError("--scale is a whole number from 1 to 100.")
        started = time.monotonic()
        for name in BASICS:
            call_command(name, stdout=self.stdout)
        try:
            load_full(totals=Totals().scaled(scale), report=self.stdout.write, now=timezone.now())
        except DomainError as error:
            raise CommandError(str(error)) from error
        call_command("reindex", stdout=self.stdout)
        self.stdout.write(f"loaded in {time.monotonic() - started:.0f} s")
