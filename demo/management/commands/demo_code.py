"""What the authenticator app of a demo person shows now; in development only."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.models import User
from accounts.phones import BadPhone, parse_phone
from accounts.second_factor import current_totp_code


class Command(BaseCommand):
    help = "Print the code that the authenticator app of PHONE shows now; in development only."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("phone")

    def handle(self, *args: Any, phone: str, **options: Any) -> None:
        if not settings.SHOW_OUTBOX:
            raise CommandError("Codes of other people are shown in development only.")
        try:
            user = User.objects.get(phone=parse_phone(phone))
        except (BadPhone, User.DoesNotExist) as error:
            raise CommandError(
                f"{phone}: nobody here has this number. Look at the sign-ins that `start` prints."
            ) from error
        code = current_totp_code(user, timezone.now())
        if code is None:
            raise CommandError(f"{user} has no authenticator app: signing in offers to set one up.")
        self.stdout.write(code)
