"""The one role that hangs on no place: operators, by group membership."""

from __future__ import annotations

from accounts.models import OPERATORS_GROUP, User


def is_operator(user: User) -> bool:
    """Operators moderate, settle money and edit pages; they are staff, so they passed a second factor."""
    return user.is_active and user.is_staff and user.groups.filter(name=OPERATORS_GROUP).exists()
