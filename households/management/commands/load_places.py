"""Load the provinces and communes that the project carries."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from households.services import load_places


class Command(BaseCommand):
    help = "Load the 34 provinces, 3,321 communes and their former units; repeating it changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        load_places(report=self.stdout.write)
