"""The steps that bring a household on line, in their order, declared once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class OnboardingStep:
    """``code`` is kept in the database and names the page; a step that ``may_skip`` can be left out with a reason."""

    code: str
    title: Any
    hint: Any
    may_skip: bool = True

    @property
    def url_name(self) -> str:
        return f"onboarding:{self.code}"


IDENTITY = OnboardingStep(
    "identity",
    _("Who the household is"),
    _("Meet the head of the household and read the name and phone number back."),
    may_skip=False,
)
CONSENT = OnboardingStep(
    "consent",
    _("Consent"),
    _("Read the text together. The household agrees with a code or on paper."),
    may_skip=False,
)
MANDATE = OnboardingStep("mandate", _("Mandate"), _("The household says what the team may do for it, and until when."))
STOREFRONT = OnboardingStep("storefront", _("Storefront"), _("Write the name and the story that buyers read."))
FIRST_LISTING = OnboardingStep(
    "first_listing", _("First listing"), _("Photograph one product, say price and quantity.")
)

STEPS = (IDENTITY, CONSENT, MANDATE, STOREFRONT, FIRST_LISTING)
BY_CODE = {step.code: step for step in STEPS}
