"""Signatures that are short enough for a link in a text message: 132 bits, whatever key signed them.

They outlive a change of SECRET_KEY for as long as the key that signed them stands in SECRET_KEY_FALLBACKS.
"""

from __future__ import annotations

from django.conf import settings
from django.core.signing import Signer
from django.utils.crypto import constant_time_compare

SIGNED_CHARACTERS = 22


def short_signature(value: str, *, salt: str) -> str:
    """The signature of ``value`` under the key of today; ``salt`` keeps one use apart from another."""
    return _signed(value, salt, settings.SECRET_KEY)


def is_signature_of(value: str, given: str, *, salt: str) -> bool:
    """Whether ``given`` is the signature of ``value`` under the key of today or an earlier one."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(constant_time_compare(_signed(value, salt, key), given) for key in keys)


def _signed(value: str, salt: str, key: str) -> str:
    return Signer(key=key, salt=salt).signature(value)[:SIGNED_CHARACTERS]
