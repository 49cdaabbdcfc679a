"""Counting attempts, so that numbers cannot be guessed and messages cannot be sent by the thousand."""

from __future__ import annotations

import hashlib

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class TooManyAttempts(DomainError):
    code = "too_many_attempts"


def count_attempt(*, what: str, whose: str, most: int, seconds: int) -> None:
    """One attempt more at ``what`` by ``whose`` (an address, a phone number); past ``most`` raises TooManyAttempts."""
    key = f"attempts:{what}:{hashlib.sha256(whose.encode()).hexdigest()[:32]}"
    if cache.add(key, 1, seconds):
        return
    try:
        count = cache.incr(key)
    except ValueError:  # it ran out between the two calls
        cache.set(key, 1, seconds)
        return
    if count > most:
        raise TooManyAttempts(_("Too many attempts. Wait a few minutes, then try again."))
