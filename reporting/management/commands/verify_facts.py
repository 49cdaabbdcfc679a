"""Say whether the files of closed days are as they were closed, and hold all that was learned on those days."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reporting.facts.closing import BadClosedFacts, closed_files, count_missing
from reporting.models import ClosedDay


class Command(BaseCommand):
    help = "Check every closed file against its manifest, the chain of manifests, and the facts of the database."

    def handle(self, *args: Any, **options: Any) -> None:
        last = ClosedDay.objects.order_by("day").last()
        if last is None:
            self.stdout.write("No day is closed yet.")
            return
        try:
            files = sum(1 for _path in closed_files(until=last.day))
        except BadClosedFacts as error:
            raise CommandError(str(error)) from error
        days = ClosedDay.objects.filter(day__lte=last.day).count()
        self.stdout.write(
            f"{days} days to {last.day}, {files} files: as they were closed. Chain: {last.manifest_sha256}"
        )
        missing = count_missing()
        if missing:
            noun = "1 fact of the closed days is" if missing == 1 else f"{missing} facts of the closed days are"
            raise CommandError(f"{noun} in no file: learned with a clock that was set back, or committed days later.")
        self.stdout.write("All that the database learned on these days stands in them.")
