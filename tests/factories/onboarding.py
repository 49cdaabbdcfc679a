"""Cases and consents that stand on their own."""

from __future__ import annotations

import factory
from factory.django import DjangoModelFactory

from households.models.agreement import GivenBy
from onboarding.models import Consent, ConsentText, OnboardingCase
from tests.factories.households import OPENED, HouseholdFactory, TeamFactory, UserFactory


class CaseFactory(DjangoModelFactory):
    """An open case with nothing done yet."""

    class Meta:
        model = OnboardingCase

    household = factory.SubFactory(HouseholdFactory)
    team = factory.SubFactory(TeamFactory)
    opened_by = factory.SubFactory(UserFactory)
    opened_at = OPENED


class ConsentFactory(DjangoModelFactory):
    """Given by code to the project's own text."""

    class Meta:
        model = Consent

    household = factory.SubFactory(HouseholdFactory)
    text = factory.LazyFunction(lambda: ConsentText.objects.filter(language="vi")[0])
    given_at = OPENED
    given_how = GivenBy.CODE
    holds_from = factory.SelfAttribute("given_at")
    recorded_by = factory.SubFactory(UserFactory)
