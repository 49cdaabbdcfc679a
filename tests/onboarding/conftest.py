"""A case at the door of a household that nobody registered before."""

from __future__ import annotations

import re

import pytest
import time_machine

from onboarding.models import OnboardingCase
from onboarding.selectors import current_consent_text
from onboarding.services import OpenedCase, open_case, request_code

DOOR = OpenedCase(
    key="0192f0c1-0000-7000-8000-00000000000a",
    phone="0978 123 456",
    head_name="Ma Thị Thu",
    village_name="Xóm Hồng Thái",
    storefront_name="Chè nhà Thu",
)


@pytest.fixture
def case(cast, now) -> OnboardingCase:
    return open_case(opened=DOOR, team=cast.team, actor=cast.volunteer, now=now)


@pytest.fixture
def ask(cast, now, django_capture_on_commit_callbacks, sent):
    """Send a code for a case and read it from the household's phone."""

    def asked(case, purpose="consent", terms=None, at=now):
        terms = terms or {"text": current_consent_text("vi", now.date()).pk}
        with time_machine.travel(at, tick=False), django_capture_on_commit_callbacks(execute=True):
            request_code(case=case, purpose=purpose, actor=cast.volunteer, now=at, terms=terms)
        phone, text, _key = sent[-1]
        assert phone == case.household.phone
        return re.search(r"\d{6}", text).group()

    return asked
