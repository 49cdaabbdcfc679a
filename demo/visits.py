"""The demo's visits: a volunteer at the door, step by step, with the codes that the household's phone received."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from accounts.models import User
from demo.rows import key
from households.models import DigitalTeam, Household, Scope
from households.services.contact import Contact
from messaging.models import OutgoingMessage
from onboarding.models import ConsentText, DoorstepCode, OnboardingCase
from onboarding.services import (
    OpenedCase,
    consent_by_code,
    mandate_by_code,
    open_case,
    record_identity,
    record_storefront,
    request_code,
)

MANDATE_DAYS = 365


def visit(*, row: dict[str, str], team: DigitalTeam, volunteer: User, now: datetime) -> None:
    """Open the account and take it up to the storefront; the first listing closes the case by itself.

    A visit that broke off goes on: the case is the same, and each step may be done again.
    """
    opened = OpenedCase(
        key=str(key("household", row["key"])),
        phone=row["phone"],
        head_name=row["head"],
        village_name=row["village_name"],
        storefront_name=row["name"],
    )
    case = open_case(opened=opened, team=team, actor=volunteer, now=now)
    if not case.household.phone_confirmed_at:
        contact = Contact(head_name=row["head"], phone=row["phone"], village_name=row["village_name"])
        version = case.household.version
        record_identity(case=case, actor=volunteer, contact=contact, version=version, known_by="", now=now)
        later, text = now + timedelta(minutes=5), ConsentText.objects.filter(language="vi").latest("valid_from")
        code = _code(case, DoorstepCode.Purpose.CONSENT, volunteer, later, {"text": text.pk})
        consent_by_code(case=case, code=code, actor=volunteer, now=later)
    later, terms = now + timedelta(minutes=10), {"scopes": list(Scope), "days": MANDATE_DAYS}
    code = _code(case, DoorstepCode.Purpose.MANDATE, volunteer, later, terms)
    mandate_by_code(case=case, code=code, actor=volunteer, now=later)
    household = Household.objects.get(pk=case.household_id)
    record_storefront(
        case=case,
        actor=volunteer,
        version=household.version,
        name=row["name"],
        story=row["story"],
        now=now + timedelta(minutes=20),
    )


def _code(
    case: OnboardingCase, purpose: DoorstepCode.Purpose, volunteer: User, now: datetime, terms: dict[str, object]
) -> str:
    """What the household reads from its phone."""
    sent = request_code(case=case, purpose=purpose, actor=volunteer, now=now, terms=terms)
    found = re.search(r"\b\d{6}\b", OutgoingMessage.objects.get(key=f"doorstep-code:{sent.pk}").text)
    if found is None:
        raise LookupError(f"no code in the message to {case.household.phone}")
    return found[0]
