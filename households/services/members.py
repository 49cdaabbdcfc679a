"""Who belongs to a household."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.phones import parse_phone
from accounts.services import ensure_account
from core.errors import DomainError
from core.locks import lock_row
from core.text import nfc
from core.transactions import in_transaction
from households.access import Acting, NotAllowed, acting_as, household_members
from households.audit import record_for_household
from households.models import DigitalTeam, Household, HouseholdMember


class MemberAlreadyThere(DomainError):
    code = "member_already_there"
    field = "phone"


class MemberStays(DomainError):
    """The head of the household, or somebody who left already."""

    code = "member_stays"


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
    joined = {"full_name": nfc(full_name).strip(), "phone": number, "joined_at": now, "left_at": None}
    if user:  # who left comes back to the one row that a person has in a household
        member, _is_new = HouseholdMember.objects.update_or_create(household=household, user=user, defaults=joined)
    else:
        member = HouseholdMember.objects.create(household=household, **joined)
    record_for_household(
        action="add_member",
        subject=member,
        now=now,
        acting=Acting(actor, household, team),
        changes={"member": ["", member.full_name]},
    )
    return member


@in_transaction
def remove_member(*, household: Household, member_id: int, now: datetime, actor: User) -> HouseholdMember:
    """A member leaves: they act for the household no more, at once. Its own members decide, of everybody but the head.

    Raises NotAllowed, MemberStays.
    """
    acting = acting_as(actor, household, None, now)
    if acting is None or acting.is_operator:
        raise NotAllowed(_("Only the household itself decides this."))
    household = lock_row(Household.objects.all(), pk=household.pk)
    member = household_members(now).filter(household=household, pk=member_id).first()
    if member is None:
        raise MemberStays(_("This person does not belong to the household any more."))
    if member.pk == household.head_id:
        raise MemberStays(_("The head of the household stays. Let an operator write down another head first."))
    member.left_at = now
    member.save(update_fields=["left_at"])
    changes = {"member": [member.full_name, "–"]}
    record_for_household(action="remove_member", subject=member, now=now, acting=acting, changes=changes)
    return member
