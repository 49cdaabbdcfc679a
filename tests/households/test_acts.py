"""Acts are told once, however often they are sent."""

from __future__ import annotations

import pytest

from households.models import Act
from households.services import ActKeyTaken, record_act


def test_act_sent_twice_is_one_act(cast, now):
    words = {"household": cast.household, "kind": Act.Kind.DISPLAY, "happened_at": now, "key": "k1", "now": now}
    assert record_act(**words, actor=cast.volunteer, team=cast.team) == record_act(**words)
    assert Act.objects.get().team == cast.team


def test_key_of_another_act_is_refused(cast, now):
    words = {"household": cast.household, "kind": Act.Kind.DISPLAY, "happened_at": now, "key": "k1", "now": now}
    record_act(**words)
    for other in ({"kind": Act.Kind.SALE}, {"household": cast.other_household}):
        with pytest.raises(ActKeyTaken):
            record_act(**{**words, **other})
    assert Act.objects.count() == 1
