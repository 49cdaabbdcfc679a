"""What brings a household on line; each verb is one transaction with its audit rows."""

from onboarding.services.cases import CaseClosed, CaseRefused, OpenedCase, give_up_case, open_case, open_case_again
from onboarding.services.codes import ConsentMissing, request_code
from onboarding.services.consents import (
    consent_by_code,
    consent_on_paper,
    consent_signed_in,
    note_held_consent,
    take_back_consent,
    withdraw_consent,
)
from onboarding.services.contact import record_found_by_phone, reveal_phone
from onboarding.services.data_requests import (
    DataRequestRefused,
    ask_for_correction,
    ask_for_erasure,
    fulfil_correction,
    fulfil_erasure,
    refuse_request,
)
from onboarding.services.erasure import OrdersUnderWay
from onboarding.services.mandates import mandate_by_code, mandate_on_paper, mandate_signed_in
from onboarding.services.papers import (
    confirm_signed_paper,
    look_at_paper,
    refuse_by_household,
    refuse_signed_paper,
)
from onboarding.services.phone_doubts import PhoneInDoubt, require_undoubted_phone, vouch_for_phone
from onboarding.services.registering import register_own_household
from onboarding.services.steps import (
    StepRefused,
    block_step,
    record_first_listing,
    record_identity,
    record_storefront,
    skip_step,
)
from onboarding.services.texts import load_consent_texts

__all__ = [
    "CaseClosed",
    "CaseRefused",
    "ConsentMissing",
    "DataRequestRefused",
    "OpenedCase",
    "OrdersUnderWay",
    "PhoneInDoubt",
    "StepRefused",
    "ask_for_correction",
    "ask_for_erasure",
    "block_step",
    "confirm_signed_paper",
    "consent_by_code",
    "consent_on_paper",
    "consent_signed_in",
    "fulfil_correction",
    "fulfil_erasure",
    "give_up_case",
    "load_consent_texts",
    "look_at_paper",
    "mandate_by_code",
    "mandate_on_paper",
    "mandate_signed_in",
    "note_held_consent",
    "open_case",
    "open_case_again",
    "record_first_listing",
    "record_found_by_phone",
    "record_identity",
    "record_storefront",
    "refuse_by_household",
    "refuse_request",
    "refuse_signed_paper",
    "register_own_household",
    "request_code",
    "require_undoubted_phone",
    "reveal_phone",
    "skip_step",
    "take_back_consent",
    "vouch_for_phone",
    "withdraw_consent",
]
