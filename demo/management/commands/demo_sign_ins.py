"""Who can sign in to the demo, and how; `make run` prints it at every start."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from demo.sign_ins import HOW, demo_sign_ins


class Command(BaseCommand):
    help = "Print the demo's sign-ins; nothing where the demo is not loaded."

    def handle(self, *args: Any, **options: Any) -> None:
        people = list(demo_sign_ins())
        if not people:
            return
        self.stdout.write("\nDemo sign-ins:")
        for phone, words in people:
            self.stdout.write(f"  {phone:<14} {words}")
        for words in HOW:
            self.stdout.write(f"  {words}")
