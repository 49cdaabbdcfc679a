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
from households.services.mandates import (
    BadMandate,
    can_be_given_again,
    give_mandate,
    give_mandate_again,
    refuse_waiting_mandates,
    take_back_mandate,
    withdraw_mandate,
)
from households.services.members import MemberAlreadyThere, MemberStays, add_member, remove_member
from households.services.papers import (
    PaperSettled,
    PapersPaused,
    PaperWaits,
    confirm_paper,
    holds_from,
    lock_household,
    note_taken_back,
    refuse_paper,
    require_checker,
    require_no_paper_waiting,
    require_paper_welcome,
)
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
    "MemberStays",
    "OutsideTheTerritory",
    "PaperSettled",
    "PaperWaits",
    "PapersPaused",
    "PhoneConfirmed",
    "add_member",
    "can_be_given_again",
    "change_head",
    "close_account",
    "close_storefront",
    "confirm_paper",
    "confirm_phone",
    "contact_of",
    "correct_contact",
    "edit_household",
    "give_mandate",
    "give_mandate_again",
    "holds_from",
    "load_places",
    "lock_household",
    "move_household",
    "note_consent",
    "note_taken_back",
    "note_withdrawn_consent",
    "open_storefront",
    "record_act",
    "record_search",
    "refuse_paper",
    "refuse_waiting_mandates",
    "register_household",
    "remove_member",
    "reopen_account",
    "require_checker",
    "require_no_paper_waiting",
    "require_paper_welcome",
    "require_unused_phone",
    "take_back_mandate",
    "withdraw_mandate",
]
