"""Load a commune's spreadsheet of households or of what they sell, or only say what each row means."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from core.spreadsheets import BadSpreadsheet, read_sheets
from households.models import Province
from onboarding.lists import KINDS, ListRow, load_list


class Command(BaseCommand):
    help = (
        "Load a list of households or listings from XLSX, XLS, ODS or CSV. Good rows load, rows that stand here "
        "already change nothing, and each bad row is told with what to mend."
    )

    # They read the code of every page, 40 MB that a list has no need of.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=KINDS)
        parser.add_argument("file", type=Path)
        parser.add_argument("--province", metavar="CODE", help="look for communes in this province alone")
        parser.add_argument("--dry-run", action="store_true", help="say what each row means and write nothing")
        parser.add_argument("--json", type=Path, metavar="OUT", help="write every row of data into this file")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if options["province"] and not Province.objects.filter(pk=options["province"], valid_until=None).exists():
            raise CommandError(_("No province has the code %(code)s.") % {"code": options["province"]})
        try:
            with path.open("rb") as file:
                sheets = read_sheets(file, name=path.stem)
            rows = list(
                load_list(
                    kind=options["kind"],
                    sheets=sheets,
                    province=options["province"],
                    dry_run=options["dry_run"],
                    progress=self._tell,
                    now=timezone.now(),
                )
            )
        except (OSError, BadSpreadsheet) as error:
            self._write(options["json"], [], str(error))
            raise CommandError(str(error)) from error
        self._write(options["json"], rows, "")
        self._summarise(rows)

    def _tell(self, done: int, total: int) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r{done}/{total}", ending="")

    def _summarise(self, rows: list[ListRow]) -> None:
        for row in rows:
            for problem in row.problems:
                self.stdout.write(f"{row.sheet} {row.number}: {problem.message}")
        counts = Counter(row.status for row in rows)
        words = _("%(good)s good, %(known)s known, %(bad)s bad.")
        self.stdout.write(words % {status: counts[status] for status in ("good", "known", "bad")})

    def _write(self, out: Path | None, rows: list[ListRow], error: str) -> None:
        if out is None:
            return
        said: dict[str, Any] = {"rows": [row.as_json() for row in rows]}
        if error:
            said["error"] = error
        out.write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")
