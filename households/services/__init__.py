"""What can be done with a household; each verb is one transaction with one audit row."""

from households.places.loading import load_places
from households.services.account import (
    ConsentNotGiven,
    close_account,
    move_household,
    note_consent,
    note_withdrawn_consent,
    reopen_account,
)
from households.services.acts import ActKeyTaken, record_act, record_search
from households.services.contact import Contact, PhoneConfirmed, contact_of, correct_contact
from households.services.mandates import BadMandate, give_mandate, withdraw_mandate
from households.services.members import MemberAlreadyThere, add_member
from households.services.registration import (
    HouseholdAlreadyRegistered,
    OutsideTheTerritory,
    change_head,
    confirm_phone,
    register_household,
    require_unused_phone,
)
from households.services.storefront import (
    AccountClosed,
    close_storefront,
    edit_household,
    open_storefront,
)

__all__ = [
    "AccountClosed",
    "ActKeyTaken",
    "BadMandate",
    "ConsentNotGiven",
    "Contact",
    "HouseholdAlreadyRegistered",
    "MemberAlreadyThere",
    "OutsideTheTerritory",
    "PhoneConfirmed",
    "add_member",
    "change_head",
    "close_account",
    "close_storefront",
    "confirm_phone",
    "contact_of",
    "correct_contact",
    "edit_household",
    "give_mandate",
    "load_places",
    "move_household",
    "note_consent",
    "note_withdrawn_consent",
    "open_storefront",
    "record_act",
    "record_search",
    "register_household",
    "reopen_account",
    "require_unused_phone",
    "withdraw_mandate",
]
