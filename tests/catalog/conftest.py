"""Who acts for the household of the cast: its own head, or the volunteer under its mandate."""

from __future__ import annotations

import pytest

from households.access import Acting


@pytest.fixture
def own(cast) -> Acting:
    return Acting(cast.head, cast.household)


@pytest.fixture
def helped(cast) -> Acting:
    return Acting(cast.volunteer, cast.household, cast.team)
