"""Whether the number written down as a household's is really the household's, as far as the site can tell.

Codes and the message about a paper go to this number alone. A volunteer who writes down her own, or a friend's, would
agree in the household's place, so a number in doubt counts for nothing until an operator has called it and vouched.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from households.access import household_members, serving_members
from households.models import Household
from onboarding.models import DoorstepCode, OnboardingCase

MEMBER, NEIGHBOUR, CODES = "member", "neighbour", "codes"
WORDS = {
    MEMBER: _("It is the number of somebody who serves in a team."),
    NEIGHBOUR: _("Somebody of another household has this number."),
    CODES: _("Codes for another household were sent to this number."),
}


def households_in_doubt(now: datetime) -> QuerySet[Household]:
    """Households that are being opened and whose number is in doubt; ``phone_doubt`` says why, a key of WORDS."""
    is_opened = Exists(OnboardingCase.objects.filter(household=OuterRef("pk"), outcome=OnboardingCase.Outcome.OPEN))
    found: QuerySet[Household] = _with_doubt(Household.objects.filter(is_opened), now).exclude(phone_doubt="")
    return found


def phone_doubt_of(household: Household, now: datetime) -> str:
    """Why the household's number is in doubt, a key of WORDS; empty where it is not, or somebody vouched for it."""
    found: str = _with_doubt(Household.objects.filter(pk=household.pk), now).get().phone_doubt
    return found


def _with_doubt(rows: QuerySet[Household], now: datetime) -> Any:
    phone, others = OuterRef("phone"), ~Q(household=OuterRef("pk"))
    signs = {
        MEMBER: serving_members(now).filter(user__phone=phone),
        NEIGHBOUR: household_members(now).filter(others, Q(phone=phone) | Q(user__phone=phone)),
        CODES: DoorstepCode.objects.filter(others, phone=phone),
    }
    found = [When(Exists(sign), then=Value(name)) for name, sign in signs.items()]
    return rows.annotate(phone_doubt=Case(When(vouched_phone=F("phone"), then=Value("")), *found, default=Value("")))
