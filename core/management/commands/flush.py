"""Django's `flush`, which empties every table, also those whose rows are otherwise never deleted."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import flush

from core.append_only import emptying_database


class Command(flush.Command):
    def handle(self, **options: Any) -> None:
        with emptying_database(using=options["database"]):
            super().handle(**options)
