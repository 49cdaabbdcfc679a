"""The first operator of a new site, who then opens the others in the admin; the password is asked for, not shown."""

from __future__ import annotations

from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.phones import parse_phone
from accounts.services import open_staff_account
from core.errors import DomainError


class Command(BaseCommand):
    help = "Open an account with a password for an officer or, with --operator, an operator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("phone")
        parser.add_argument("full_name")
        parser.add_argument("--operator", action="store_true", help="moderates, settles money, edits pages")

    def handle(self, *args: Any, phone: str, full_name: str, operator: bool, **options: Any) -> None:
        password = getpass("Password, ten characters or more: ")
        try:
            validate_password(password)
            user = open_staff_account(
                phone=parse_phone(phone), full_name=full_name, password=password, now=timezone.now(), operator=operator
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{user}: sign in at /dang-nhap/mat-khau/; the second factor is set up at the first visit.")
