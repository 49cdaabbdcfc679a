"""The head's name, phone and village: put right at the door, until the household holds its account itself."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.phones import parse_phone, show_phone
from core.errors import ChangedMeanwhile, DomainError
from core.locks import lock_row
from core.personal_data import mask_phone
from core.text import nfc
from core.transactions import in_transaction
from households.audit import record_whoever_acts
from households.models import DigitalTeam, Household
from households.places.villages import known_spelling
from households.search_text import search_text
from households.services.registration import HouseholdAlreadyRegistered
from households.services.storefront import OTHER_VERSION


@dataclass(frozen=True, slots=True)
class Contact:
    head_name: str
    phone: str
    village_name: str


class PhoneConfirmed(DomainError):
    """The phone opens the account; a team must not move the account to another phone."""

    code = "phone_confirmed"
    field = "phone"


def correct_contact(
    *,
    household: Household,
    version: int,
    contact: Contact,
    actor: User,
    now: datetime,
    team: DigitalTeam | None = None,
) -> Household:
    """Write the head's name, phone and village as they are.

    Raises BadPhone, HouseholdAlreadyRegistered, ChangedMeanwhile; PhoneConfirmed for another number once the
    household confirmed its own.
    """
    contact = replace(contact, head_name=nfc(contact.head_name).strip(), phone=parse_phone(contact.phone))
    try:
        return _write(household, version, contact, actor, now, team)
    except IntegrityError as error:
        raise HouseholdAlreadyRegistered(
            _("Another household is registered with this phone number. Read the number back to the household.")
        ) from error


@in_transaction
def _write(
    household: Household, version: int, contact: Contact, actor: User, now: datetime, team: DigitalTeam | None
) -> Household:
    row = lock_row(Household.objects.select_related("head", "commune"), pk=household.pk)
    village = known_spelling(commune=row.commune, village_name=contact.village_name)
    changes = _correct(row, version, replace(contact, village_name=village))
    if changes:
        record_whoever_acts(
            household=row, actor=actor, team=team, action="correct_contact", subject=row, now=now, changes=changes
        )
    return row


def contact_of(household: Household) -> Contact:
    head_name = household.head.full_name if household.head else ""
    return Contact(head_name, household.phone, household.village_name)


def _correct(row: Household, version: int, after: Contact) -> dict[str, list[str]]:
    before, head = contact_of(row), row.head
    if before == after:
        return {}
    if row.version != version:
        raise ChangedMeanwhile(OTHER_VERSION, row)
    if after.phone != before.phone and row.phone_confirmed_at:
        number = show_phone(before.phone)
        raise PhoneConfirmed(_("This household already confirmed its number %(phone)s.") % {"phone": number})
    if head:
        head.phone = after.phone if head.phone == before.phone else head.phone
        head.full_name = after.head_name
        head.save(update_fields=["full_name", "phone"])
    row.phone, row.village_name = after.phone, after.village_name
    row.search_text = search_text(row.name, after.head_name)
    row.version += 1
    row.save(update_fields=["phone", "village_name", "search_text", "version"])
    old, new = asdict(before), asdict(after)
    old["phone"], new["phone"] = mask_phone(old["phone"]), mask_phone(new["phone"])
    return {name: [old[name], new[name]] for name in old if getattr(before, name) != getattr(after, name)}
