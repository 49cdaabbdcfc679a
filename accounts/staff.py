"""Staff and the state of accounts, changed by operators: opened, given a password or a group, suspended, restored."""

from __future__ import annotations

import secrets
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from accounts.access import require_operator
from accounts.models import EDITORS_GROUP, OPERATORS_GROUP, User
from accounts.services import open_staff_account
from core import audit
from core.errors import DomainError
from core.locks import lock_row
from core.transactions import in_transaction

STAFF_GROUPS = (OPERATORS_GROUP, EDITORS_GROUP)
PASSWORD_BYTES = 12


class AccountRefused(DomainError):
    """The account cannot be changed in this way; the message says why."""

    code = "account_refused"


def new_password() -> str:
    """A password to be read out once: sixteen letters and digits that nobody chose."""
    return secrets.token_urlsafe(PASSWORD_BYTES)


@in_transaction
def open_staff(*, phone: str, full_name: str, groups: list[str], operator: User, now: datetime) -> tuple[User, str]:
    """A staff account and its first password, shown once. Raises NotAllowed, PhoneAlreadyUsed.

    Whoever signs in with it must set up a second factor before any staff page opens.
    """
    require_operator(operator)
    password = new_password()
    user = open_staff_account(phone=phone, full_name=full_name, password=password, now=now, actor=operator)
    set_staff_groups(user=user, groups=groups, operator=operator, now=now)
    return user, password


@in_transaction
def make_staff(*, user: User, operator: User, now: datetime) -> str:
    """A person who signed in by code so far becomes staff; returns the first password. Raises NotAllowed."""
    require_operator(operator)
    user = lock_row(User.objects.all(), pk=user.pk)
    user.is_staff = True
    user.save(update_fields=["is_staff"])
    audit.record(action="make_staff", subject=user, now=now, actor=operator)
    return renew_password(user=user, operator=operator, now=now)


@in_transaction
def set_staff_groups(*, user: User, groups: list[str], operator: User, now: datetime) -> None:
    """Exactly these of ``STAFF_GROUPS``. Raises NotAllowed; AccountRefused for giving up one's own right."""
    require_operator(operator)
    user = lock_row(User.objects.all(), pk=user.pk)
    if user == operator and OPERATORS_GROUP not in groups:
        raise AccountRefused(_("You cannot take your own right away. Ask another operator."))
    if groups and not user.is_staff:
        raise AccountRefused(_("Only staff can be operators or editors. Make this person staff first."))
    before = sorted(user.groups.filter(name__in=STAFF_GROUPS).values_list("name", flat=True))
    wanted = sorted(set(groups) & set(STAFF_GROUPS))
    if before == wanted:
        return
    user.groups.remove(*Group.objects.filter(name__in=set(before) - set(wanted)))
    user.groups.add(*(Group.objects.get_or_create(name=name)[0] for name in set(wanted) - set(before)))
    audit.record(action="set_staff_groups", subject=user, now=now, actor=operator, changes={"groups": [before, wanted]})


@in_transaction
def renew_password(*, user: User, operator: User, now: datetime) -> str:
    """A new password for staff, returned once; sessions with the old one end. Raises NotAllowed, AccountRefused."""
    require_operator(operator)
    user = lock_row(User.objects.all(), pk=user.pk)
    if not user.is_staff:
        raise AccountRefused(_("This person signs in with a code to the phone and has no password."))
    password = new_password()
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.record(action="renew_password", subject=user, now=now, actor=operator)
    return password


@in_transaction
def forget_second_factor(*, user: User, operator: User, now: datetime) -> None:
    """After phone and recovery codes are lost: the next visit of a staff page asks to set the app up anew.

    Raises NotAllowed.
    """
    require_operator(operator)
    Authenticator.objects.filter(user=user).delete()
    audit.record(action="forget_second_factor", subject=user, now=now, actor=operator)


@in_transaction
def suspend_account(*, user: User, reason: str, operator: User, now: datetime) -> None:
    """Cut a person off at once: open sessions end with the next request. Raises NotAllowed, AccountRefused."""
    require_operator(operator)
    user = lock_row(User.objects.all(), pk=user.pk)
    if user == operator:
        raise AccountRefused(_("You cannot suspend yourself. Ask another operator."))
    if not reason.strip():
        raise AccountRefused(_("Write why, so that others understand it later."), field="reason")
    if user.is_active:
        user.is_active = False
        user.save(update_fields=["is_active"])
        changes = {"is_active": [True, False], "reason": ["", reason.strip()]}
        audit.record(action="suspend_account", subject=user, now=now, actor=operator, changes=changes)


@in_transaction
def restore_account(*, user: User, operator: User, now: datetime) -> None:
    """Raises NotAllowed."""
    require_operator(operator)
    user = lock_row(User.objects.all(), pk=user.pk)
    if not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
        audit.record(
            action="restore_account", subject=user, now=now, actor=operator, changes={"is_active": [False, True]}
        )
