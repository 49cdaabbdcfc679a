"""An operator as there is one: in the group, with the second factor, and never a superuser."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.sign_in import sign_in


@pytest.fixture
def desk(cast) -> Client:
    assert not cast.operator.is_superuser
    return sign_in(Client(), cast.operator)
