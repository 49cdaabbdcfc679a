"""Load the tree of farm goods."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from catalog.categories import load_categories


class Command(BaseCommand):
    help = "Load or update the tree of farm goods; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{load_categories()} categories")
