"""The demo province: Thái Nguyên, with three teams, sixteen households and half a year of orders."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.test.utils import override_settings
from django.utils import timezone

from demo import accounts, certificates, listings, orders, people, voices, waiting
from marketplace.set_up import DEMO_LOADED, STEPS, build_index, remember, take_needed


class Command(BaseCommand):
    help = "Load the demo province; what is there already is left alone."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG and not settings.SHOW_OUTBOX:
            raise CommandError("The demo has passwords that everyone can read: load it in development only.")
        now = timezone.now().replace(microsecond=0)
        # Messages of the past were read long ago: they are kept, and not printed now.
        with override_settings(MESSAGE_SENDER="memory"):
            self._load(now)

    def _load(self, now: Any) -> None:
        out: Any = self.stdout
        take_needed(STEPS, out)  # what every site needs, and an index before the first listing asks for it
        self.stdout.write("people …")
        people.load_people(since=now - timedelta(days=400))
        self.stdout.write("households …")
        accounts.load_households(now=now)
        self.stdout.write("listings, with their pictures …")
        listings.load_listings()
        certificates.load_certificates()
        self.stdout.write("orders …")
        self.stdout.write(f"{orders.load_orders(now=now)} orders")
        reviews, questions = voices.load_voices(now=now)
        self.stdout.write(f"{reviews} reviews, {questions} questions")
        voices.load_operator_facts(now=now)
        waiting.load_waiting(now=now)
        # Orders of the past are new to an index that was begun before them: it is made anew, and learns the words.
        build_index(out, settings.SEARCH_ENGINES)
        remember(DEMO_LOADED)
