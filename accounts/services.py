"""Opening and changing the accounts of people."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from accounts.models import OPERATORS_GROUP, User
from accounts.phones import show_phone
from core import audit
from core.attempts import TooManyAttempts, count_attempt
from core.errors import DomainError
from core.locks import lock_row
from core.transactions import in_transaction

MAX_FAILURES_RECORDED_PER_ADDRESS = {"most": 200, "seconds": 600}


class PhoneAlreadyUsed(DomainError):
    """Another account signs in with this number."""

    code = "phone_already_used"
    field = "phone"


@in_transaction
def ensure_account(*, phone: str, now: datetime, full_name: str = "", actor: User | None = None) -> User:
    """The account of a phone number (E.164), opened if there is none; a name is filled in, never changed."""
    user, is_new = User.objects.get_or_create(phone=phone, defaults={"full_name": full_name, "date_joined": now})
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
        audit.record(action="open_account", subject=user, now=now, actor=actor or user)
    elif full_name and not user.full_name:
        return change_name(user=user, full_name=full_name, now=now, actor=actor or user)
    return user


@in_transaction
def change_name(*, user: User, full_name: str, now: datetime, actor: User) -> User:
    user = lock_row(User.objects.all(), pk=user.pk)
    before, user.full_name = user.full_name, full_name
    user.save(update_fields=["full_name", "folded_name"])
    audit.record(
        action="change_name", subject=user, now=now, actor=actor, changes={"full_name": [before, user.full_name]}
    )
    return user


@in_transaction
def open_staff_account(
    *, phone: str, full_name: str, password: str, now: datetime, operator: bool = False, actor: User | None = None
) -> User:
    """A person with a password, who sets up the second factor at the first visit of a staff page.

    Raises PhoneAlreadyUsed.
    """
    if User.objects.filter(phone=phone).exists():
        raise PhoneAlreadyUsed(
            _("The phone number %(phone)s is already used by another account. Check it, or use another number.")
            % {"phone": show_phone(phone)}
        )
    user = User.objects.create_user(phone, password, full_name=full_name, is_staff=True, date_joined=now)
    if operator:
        user.groups.add(Group.objects.get_or_create(name=OPERATORS_GROUP)[0])
    audit.record(action="open_staff_account", subject=user, now=now, actor=actor)
    return user


def record_failed_sign_in(*, user: User | None, how: str, address: str, now: datetime) -> None:
    """A wrong ``how`` ("code", "password", "mfa") was given for the account of ``user``, or for a number without one.

    Of a flood from one address the first rows are enough: strangers cannot fill the table.
    """
    try:
        count_attempt(what="failures-recorded", whose=address, **MAX_FAILURES_RECORDED_PER_ADDRESS, now=now)
    except TooManyAttempts:
        return
    audit.record(action="fail_sign_in", subject=user or User(), now=now, changes={"how": ["", how]})
