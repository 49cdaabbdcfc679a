"""Load a shipping tariff from a JSON file; without one, the invented tariff that every new site begins with."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.errors import DomainError
from shop.shipping.services import load_tariff

STARTING_TARIFF = Path(__file__).resolve().parents[2] / "data" / "starting_tariff.json"


class Command(BaseCommand):
    help = "Load a shipping tariff from a JSON file (the shape: shop/shipping/data/starting_tariff.json)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=STARTING_TARIFF)

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            data = json.loads(file.read_text(encoding="utf-8"))
            data["valid_from"] = date.fromisoformat(data["valid_from"])
            tariff = load_tariff(**data, now=timezone.now())
        except (OSError, ValueError, KeyError, TypeError, DomainError) as error:
            raise CommandError(f"{file} is not a tariff: {error}") from error
        self.stdout.write(f"{tariff}: loaded")
