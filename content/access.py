"""Who may edit pages; the second factor is asked for before this (``STAFF_PATHS``)."""

from __future__ import annotations

from accounts.models import EDITORS_GROUP as EDITORS_GROUP
from accounts.models import OPERATORS_GROUP, User


def is_editor(user: User) -> bool:
    return user.is_active and user.is_staff and user.groups.filter(name__in=(EDITORS_GROUP, OPERATORS_GROUP)).exists()
