"""Get a site ready to serve: run it once on a new server and after every update. What is there is left alone."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from django.utils import timezone

from core.periods import vietnam_date
from marketplace.set_up import STEPS, take_needed
from shop.shipping.selectors import tariff_on


class Command(BaseCommand):
    help = "Migrate, and load what every site needs and does not have yet: words, places, goods, tariff, pages, index."

    requires_system_checks = []  # the steps mend what some checks complain about; they are asked afterwards

    def handle(self, *args: Any, **options: Any) -> None:
        require_database()
        out: Any = self.stdout
        if not take_needed(STEPS, out):
            self.stdout.write("Nothing was missing.")
        self.check()
        if not settings.DEBUG and tariff_on(vietnam_date(timezone.now())).is_invented:
            self.stdout.write(
                self.style.WARNING("The shipping tariff is invented. Load yours: manage.py load_shipping_tariff FILE")
            )


def require_database() -> None:
    """Raises CommandError, which names the setting, where the database does not answer."""
    try:
        connection.ensure_connection()
    except OperationalError as error:
        said = str(error).strip().splitlines()[-1]
        raise CommandError(
            f"DATABASE_URL: the database does not answer ({said}). Start the server, or mend the address; "
            "docs/running.md says how to make the database."
        ) from error
