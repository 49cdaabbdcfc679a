"""How a household gets on line with a team's help."""

from onboarding.models.case import OnboardingCase, StepRecord
from onboarding.models.code import DoorstepCode
from onboarding.models.consent import Consent, ConsentText
from onboarding.models.data_request import DataRequest

__all__ = ["Consent", "ConsentText", "DataRequest", "DoorstepCode", "OnboardingCase", "StepRecord"]
