"""Runs one task in a process of its own: ``python -m core.run_task reporting.tasks.make_report 12``."""

from __future__ import annotations

import json
import os
import sys

import django

NICER = 10
"""So much less urgent than the pages that are served meanwhile."""


def main(name: str, arguments: str) -> None:
    os.nice(NICER)
    django.setup()
    from celery import current_app

    current_app.loader.import_default_modules()
    current_app.tasks[name].apply(json.loads(arguments), throw=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
