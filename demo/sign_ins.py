"""Who can sign in to the demo, and how: said at the start, known to everyone who reads people.csv."""

from __future__ import annotations

from collections.abc import Iterator

from accounts.models import User
from accounts.phones import parse_phone, show_phone
from demo.people import STAFF_PASSWORD, STAFF_ROLES
from demo.rows import rows

HOW = (
    "Write the phone number, then the code that stands in the outbox at /hop-tin/.",
    f"Officers and the operator: the password is {STAFF_PASSWORD}; the code of their app stands in the outbox too.",
)


def demo_sign_ins() -> Iterator[tuple[str, str]]:
    """The demo's people that are there, one of each role, as (phone, words)."""
    said: set[str] = set()
    people = [(row["phone"], row["role"], row["full_name"]) for row in rows("people")]
    heads = [(row["phone"], "household", row["head"]) for row in rows("households")]
    for text, role, full_name in (*people, *heads):
        phone = parse_phone(text)
        if role not in said and User.objects.filter(phone=phone).exists():
            said.add(role)
            staff = ", with password" if role in STAFF_ROLES else ""
            yield show_phone(phone), f"{role.replace('_', ' ')}{staff}: {full_name}"
