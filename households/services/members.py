"""Who belongs to a household."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.phones import parse_phone
from accounts.services import ensure_account
from core.errors import DomainError
from core.text import nfc
from core.transactions import in_transaction
from households.access import Acting, household_members
from households.audit import record_for_household
from households.models import DigitalTeam, Household, HouseholdMember


class MemberAlreadyThere(DomainError):
    code = "member_already_there"
    field = "phone"


@in_transaction
def add_member(
    *, household: Household, full_name: str, phone: str, now: datetime, actor: User, team: DigitalTeam | None = None
) -> HouseholdMember:
    """A person joins the household; ``phone`` may be empty. Raises BadPhone, MemberAlreadyThere.

    With a phone of their own a member signs in for the household only when the household itself, not a team, adds them.
    """
    number = parse_phone(phone) if phone.strip() else ""
    if number and household_members(now).filter(household=household, phone=number).exists():
        raise MemberAlreadyThere(_("A member of this household already has this phone number."))
    user = None
    if number and team is None:
        user = ensure_account(phone=number, now=now, full_name=nfc(full_name).strip(), actor=actor)
    member = HouseholdMember.objects.create(
        household=household, user=user, full_name=nfc(full_name).strip(), phone=number, joined_at=now
    )
    record_for_household(
        action="add_member",
        subject=member,
        now=now,
        acting=Acting(actor, household, team),
        changes={"member": ["", member.full_name]},
    )
    return member
