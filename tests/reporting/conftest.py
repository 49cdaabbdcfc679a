"""Pages read the clock; here it stands still."""

from __future__ import annotations

import pytest
import time_machine


@pytest.fixture
def frozen(now):
    with time_machine.travel(now, tick=False):
        yield now
