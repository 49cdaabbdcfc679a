"""A household: registered once per phone, claimed by the phone's holder, headed by a member."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.phones import parse_phone
from accounts.services import ensure_account
from core import audit
from core.errors import DomainError
from core.locks import lock_row
from core.text import nfc, slug
from core.transactions import in_transaction
from households.access import Acting, household_members, teams_of, territory_holds
from households.audit import record_for_household
from households.codes import random_code
from households.models import Commune, DigitalTeam, Household, HouseholdMember
from households.places.villages import known_spelling
from households.search_text import search_text
from households.services.account import open_if_ready
from households.services.members import add_member


class HouseholdAlreadyRegistered(DomainError):
    """``context["household_code"]`` is for those who may see that household."""

    code = "household_already_registered"
    field = "phone"


class OutsideTheTerritory(DomainError):
    code = "outside_the_territory"
    field = "village_name"


def register_household(
    *,
    key: str,
    name: str,
    phone: str,
    head_name: str,
    commune: Commune,
    village_name: str,
    actor: User | None,
    now: datetime,
    team: DigitalTeam | None = None,
) -> Household:
    """Write a household down; ``team`` when a volunteer does it. Raises BadPhone and the refusals of this module.

    ``key`` is made on the device that asks: asked twice, the same household comes back. Its account opens later, when
    it has consented and confirmed its phone (``households.services.account``).
    """
    phone, village = parse_phone(phone), known_spelling(commune=commune, village_name=village_name)
    if known := _opened_with(key, phone):
        return known
    require_unused_phone(phone)
    if team and actor and not teams_of(actor, now).filter(territory_holds(commune, village), pk=team.pk).exists():
        raise OutsideTheTerritory(_("Your team serves another place. Tell the team of this village."))
    code = random_code()
    while Household.objects.filter(code=code).exists():
        code = random_code()
    household = Household(
        key=key,
        code=code,
        name=nfc(name).strip(),
        slug=slug(name, fallback="gian-hang"),
        phone=phone,
        village_name=village,
        commune=commune,
        search_text=search_text(name, head_name),
        registered_at=now,
        opened_by_team=team,
    )
    try:
        with transaction.atomic():
            return _write(household, head_name, actor)
    except IntegrityError:
        # Somebody else got there first: the same device again, or another one with this phone number.
        if known := _opened_with(key, phone):
            return known
        require_unused_phone(phone)
        raise


def _opened_with(key: str, phone: str) -> Household | None:
    """The household that this very request opened before. Raises HouseholdAlreadyRegistered for another phone."""
    known = Household.objects.filter(key=key).first()
    if known and known.phone != phone:
        raise HouseholdAlreadyRegistered(
            _("This form was already saved with another phone number. Open the household and mend it there."),
            household_code=known.code,
        )
    return known


def _write(household: Household, head_name: str, actor: User | None) -> Household:
    household.save()
    household.head = HouseholdMember.objects.create(
        household=household, full_name=nfc(head_name).strip(), phone=household.phone, joined_at=household.registered_at
    )
    household.save(update_fields=["head"])
    audit.record(
        action="register_household",
        subject=household,
        now=household.registered_at,
        actor=actor,
        household_code=household.code,
        team_id=household.opened_by_team_id,
        changes={"name": ["", household.name], "village_name": ["", household.village_name]},
    )
    return household


def require_unused_phone(phone: str) -> None:
    """Raises HouseholdAlreadyRegistered when a household has this number (E.164)."""
    holder = Household.objects.filter(phone=phone).first()
    if holder:
        raise HouseholdAlreadyRegistered(
            _("A household is already registered with this phone number. Read the number back to the household."),
            household_code=holder.code,
        )


@in_transaction
def confirm_phone(*, household: Household, now: datetime, actor: User | None = None) -> Household:
    """Somebody proved to hold the household's phone: its holder may sign in for the household from now on.

    The holder's user is the one with that phone number; it is made here if nobody signed in with it yet. There is no
    secret to hand over: whoever holds the phone receives the code. The account opens if the household has consented.
    """
    household = lock_row(Household.objects.select_related("head"), pk=household.pk)
    if household.phone_confirmed_at:
        return household
    holder = household_members(now).filter(household=household, phone=household.phone).first() or household.head
    if holder and holder.user is None:
        holder.user = ensure_account(phone=household.phone, now=now, full_name=holder.full_name, actor=actor)
        holder.save(update_fields=["user"])
    household.phone_confirmed_at = now
    household.save(update_fields=["phone_confirmed_at"])
    audit.record(action="confirm_phone", subject=household, now=now, actor=actor, household_code=household.code)
    open_if_ready(household, now=now, actor=actor)
    return household


@in_transaction
def change_head(
    *, household: Household, full_name: str, phone: str, now: datetime, actor: User, team: DigitalTeam | None = None
) -> HouseholdMember:
    """Another member becomes head; who is not yet a member joins. Raises BadPhone, MemberAlreadyThere."""
    household = lock_row(Household.objects.select_related("head"), pk=household.pk)
    before = household.head.full_name if household.head else ""
    member = household_members(now).filter(household=household, full_name=nfc(full_name).strip()).first()
    if member is None:
        member = add_member(household=household, full_name=full_name, phone=phone, now=now, actor=actor, team=team)
    household.head = member
    household.search_text = search_text(household.name, member.full_name)
    household.version += 1
    household.save(update_fields=["head", "search_text", "version"])
    record_for_household(
        action="change_head",
        subject=household,
        now=now,
        acting=Acting(actor, household, team),
        changes={"head": [before, member.full_name]},
    )
    return member
