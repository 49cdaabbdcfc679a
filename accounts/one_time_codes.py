"""One-time codes by message, for signing in and for saying yes at the door: made, judged and used up in one way."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import OneTimeCode
from core.errors import DomainError
from core.text import letters_and_digits

DIGITS = 6
MAX_TRIES = 5


class CodeRefused(DomainError):
    code = "code_refused"
    field = "code"


def new_digits(count: int = DIGITS) -> str:
    return f"{secrets.randbelow(10**count):0{count}}"


def digest_of(secret: str, *, salt: str) -> str:
    """What the database keeps. ``salt`` says what the code is for, so that it opens nothing else."""
    return salted_hmac(salt, secret, algorithm="sha256").hexdigest()


def judge(code: OneTimeCode, *, typed: str, salt: str) -> None:
    """Spend one of the code's tries on ``typed``. Raises CodeRefused when it is wrong or no try is left.

    The try is counted by one statement before the comparison: of many guesses at the same moment exactly ``MAX_TRIES``
    are compared. Call it outside the caller's transaction, so that a wrong try stays counted. What is no code of six
    digits spends no try.
    """
    secret = letters_and_digits(typed)
    if len(secret) != DIGITS or not secret.isdecimal():
        raise CodeRefused(_("The code is not right. Look at the newest message and write its six digits."))
    codes = type(code)._default_manager.filter(pk=code.pk)
    if not codes.filter(used_at=None, tries__lt=MAX_TRIES).update(tries=F("tries") + 1):
        raise CodeRefused(_("Too many tries: this code no longer counts. Send another code."))
    if constant_time_compare(code.digest, digest_of(secret, salt=salt)):
        return
    code.refresh_from_db(fields=["tries"])
    left = MAX_TRIES - code.tries
    if not left:
        raise CodeRefused(_("Too many tries: this code no longer counts. Send another code."))
    raise CodeRefused(
        ngettext(
            "The code is not right. Look at the newest message and write its six digits. %(left)s try is left.",
            "The code is not right. Look at the newest message and write its six digits. %(left)s tries are left.",
            left,
        )
        % {"left": left}
    )


def mark_used(code: OneTimeCode, now: datetime) -> None:
    """Raises CodeRefused when the same code was used at the same moment."""
    if not type(code)._default_manager.filter(pk=code.pk, used_at=None).update(used_at=now):
        raise CodeRefused(_("There is no code to check. Send a new one."))
