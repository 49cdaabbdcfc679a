"""Load the regional names that the project carries."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from search.asking.synonym_rules import load_shipped_rules


class Command(BaseCommand):
    help = "Add the shipped regional names that are missing; what operators changed stays as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"regional names: {load_shipped_rules(now=timezone.now())} added")
