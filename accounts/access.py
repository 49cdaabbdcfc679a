"""The one role that hangs on no place: operators, by group membership."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import OPERATORS_GROUP, User
from core.errors import NotAllowed


def is_operator(user: User) -> bool:
    """Operators moderate, settle money and edit pages; they are staff, so they passed a second factor."""
    return user.is_active and user.is_staff and user.groups.filter(name=OPERATORS_GROUP).exists()


def require_operator(user: User) -> None:
    """Raises NotAllowed for everybody else."""
    if not is_operator(user):
        raise NotAllowed(_("Only an operator may do this."))
