import pytest

from marketplace.messaging.senders import MemorySender


@pytest.fixture(autouse=True)
def sent():
    """What left during the test, as (phone, text, key)."""
    MemorySender.sent.clear()
    return MemorySender.sent
