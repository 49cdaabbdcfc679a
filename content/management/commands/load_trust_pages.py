"""``manage.py load_trust_pages``: contact, complaints, returns, terms, privacy, rules, and who runs the marketplace."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from content.services import build_trust_pages


class Command(BaseCommand):
    help = "Add the pages that the law asks for, as drafts until the facts about the operator are written."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{build_trust_pages(now=timezone.now())} pages of trust added")
