"""A number in doubt counts for nothing until an operator vouches for it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.access import is_operator
from accounts.models import User
from core.errors import ChangedMeanwhile, DomainError
from core.personal_data import mask_phone
from core.transactions import in_transaction
from households.access import NotAllowed
from households.audit import record_whoever_acts
from households.models import Household
from households.services import lock_household
from onboarding.phone_doubts import WORDS, phone_doubt_of


class PhoneInDoubt(DomainError):
    """What goes to this number may not reach the household."""

    code = "phone_in_doubt"


def require_undoubted_phone(household: Household, now: datetime) -> None:
    """Raises PhoneInDoubt: neither a code to this number nor a paper that is told to it counts."""
    if doubt := phone_doubt_of(household, now):
        raise PhoneInDoubt(
            _(
                "%(doubt)s Until an operator has called it and confirmed that it is the household's, neither code nor "
                "paper counts. Ask the household for its own number, or ask the operators to call."
            )
            % {"doubt": WORDS[doubt]}
        )


@in_transaction
def vouch_for_phone(*, household: Household, version: int, operator: User, now: datetime) -> None:
    """An operator has called the number that the page showed, and spoken to the household.

    It stands for this number alone: another one is judged anew. Raises NotAllowed; ChangedMeanwhile where the household
    was changed since ``version``, its number perhaps.
    """
    if not is_operator(operator):
        raise NotAllowed(_("Only an operator confirms whose number it is."))
    household = lock_household(household)
    if household.vouched_phone == household.phone:
        return
    if household.version != version:
        raise ChangedMeanwhile(_("The household was changed meanwhile. Look at its number again, and call."), household)
    household.vouched_phone = household.phone
    household.save(update_fields=["vouched_phone"])
    record_whoever_acts(
        household=household,
        actor=operator,
        action="vouch_for_phone",
        subject=household,
        now=now,
        changes={"phone": ["", mask_phone(household.phone)]},
    )
