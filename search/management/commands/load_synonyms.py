"""Load the regional names and the needs that the project carries."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from search.asking.need_rules import load_shipped_needs
from search.asking.synonym_rules import load_shipped_rules


class Command(BaseCommand):
    help = "Add the shipped regional names and needs that are missing; what operators changed stays as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        self.stdout.write(f"regional names: {load_shipped_rules(now=now)} added")
        self.stdout.write(f"needs: {load_shipped_needs(now=now)} added")
