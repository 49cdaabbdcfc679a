"""``manage.py load_content``: the site's pages as shipped."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from content.services import build_site


class Command(BaseCommand):
    help = "Add the pages that come with the project: home, guides, news, a page for each province."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{build_site(now=timezone.now())} pages added")
