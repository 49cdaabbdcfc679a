"""Keys are UUIDs of version 7 and sort by the moment they were made."""

from __future__ import annotations

from datetime import timedelta
from uuid import RFC_4122

from core.keys import new_key


def test_key_says_its_version_and_moment(now):
    key = new_key(now)
    assert (key.version, key.variant) == (7, RFC_4122)
    assert key.int >> 80 == int(now.timestamp() * 1000)


def test_later_keys_sort_later_and_none_comes_twice(now):
    keys = [new_key(now + timedelta(milliseconds=step)) for step in range(1000)]
    assert keys == sorted(keys)
    assert len({new_key(now) for _each in range(1000)}) == 1000
