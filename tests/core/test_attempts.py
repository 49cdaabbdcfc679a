"""A window begins with its first attempt, holds exactly its limit, and ends when it said it would."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation

from core.attempts import TooManyAttempts, count_attempt, forget_attempts, waiting_time
from core.models import AttemptCount


def count(now, whose="0912", what="test") -> None:
    count_attempt(what=what, whose=whose, most=2, seconds=300, now=now)


def test_limit_passes_and_one_more_does_not(db, now):
    count(now)
    count(now)
    with pytest.raises(TooManyAttempts):
        count(now)
    count(now, whose="0913")
    count(now, what="other")


def test_refusal_says_exactly_how_long_it_lasts(db, now):
    count(now)
    count(now + timedelta(seconds=100))
    with pytest.raises(TooManyAttempts) as refusal:
        count(now + timedelta(seconds=120))
    left = refusal.value.seconds_left
    assert left == 180
    with pytest.raises(TooManyAttempts):
        count(now + timedelta(seconds=120 + left - 1))
    count(now + timedelta(seconds=120 + left))


def test_refused_attempts_do_not_make_the_window_longer(db, now):
    count(now)
    count(now)
    for second in range(30, 300, 30):
        with pytest.raises(TooManyAttempts) as refusal:
            count(now + timedelta(seconds=second))
        assert refusal.value.seconds_left == 300 - second
    count(now + timedelta(seconds=300))


def test_good_end_begins_anew(db, now):
    count(now)
    count(now)
    forget_attempts(what="test", whose="0912")
    count(now)
    count(now)
    with pytest.raises(TooManyAttempts):
        count(now)


def test_whose_it_is_cannot_be_read(db, now):
    count(now)
    assert "0912" not in AttemptCount.objects.get().key


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (1, "1 minute"),
        (60, "1 minute"),
        (61, "2 minutes"),
        (5400, "90 minutes"),
        (5401, "2 hours"),
        (86400, "24 hours"),
    ],
)
def test_waiting_time_is_never_too_short(seconds, said):
    with translation.override("en"):
        assert waiting_time(seconds) == said
