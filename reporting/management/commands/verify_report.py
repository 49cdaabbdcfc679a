"""Say whether a file of figures is one that this marketplace made, and whether its facts still give the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.errors import DomainError
from reporting.verifying import digest_made_again, digests_of, runs_with


class Command(BaseCommand):
    help = "Compute the digest of a report's file again, name the run that made it, and compute the report again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a CSV or XLSX file that was fetched under Figures")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            digests = digests_of(file)
        except (DomainError, OSError) as error:
            raise CommandError(str(error)) from error
        if not digests.is_unchanged:
            raise CommandError(f"{file} was changed: it says {digests.written}, its content gives {digests.computed}.")
        self.stdout.write(f"SHA-256 {digests.computed}: the content is as the file says.")
        runs = list(runs_with(digests.computed))
        if not runs:
            raise CommandError("No report with this content was made here.")
        for run in runs:
            self.stdout.write(f"Asked for by {run.requested_by} on {run.requested_at:%Y-%m-%d %H:%M:%S%z}: {run}")
        again = digest_made_again(runs[-1])
        if again != digests.computed:
            raise CommandError(f"Computed again from the facts it has another content: {again}.")
        self.stdout.write("Computed again from the facts it has the same content.")
