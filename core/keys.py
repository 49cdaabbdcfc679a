"""Keys for what a phone creates: made where it is created, so that the same thing sent twice is recognised."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID


def new_key(now: datetime) -> UUID:
    """A UUID of version 7 (RFC 9562): milliseconds since 1970, then chance; keys of later moments sort later."""
    milliseconds = int(now.timestamp() * 1000)
    chance = secrets.randbits(74)
    number = milliseconds << 80 | 0x7 << 76 | (chance >> 62) << 64 | 0b10 << 62 | chance & (1 << 62) - 1
    return UUID(int=number)
