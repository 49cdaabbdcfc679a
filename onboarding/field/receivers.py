"""What the field hears from below: the account of a household was closed."""

from __future__ import annotations

from typing import Any

from households.models import Household
from onboarding.field.models import FieldAct


def on_account_closed(household: Household, **_signal: Any) -> None:
    """Answers to phones keep what was done and when, and nothing of what the household's rows said."""
    FieldAct.objects.filter(household_code=household.code).update(message="", conflicts=[])
