"""Whose phones a person may lock, and what of the shop a person's phone may hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import User
from households.access import serving_members, teams_led_by
from onboarding.field.models import FieldDevice


@dataclass(frozen=True, slots=True)
class LockableDevices:
    """``led`` are those of people in teams that the person leads, ``all`` their own besides."""

    led: QuerySet[FieldDevice]
    all: QuerySet[FieldDevice]


def devices_to_lock(user: User, now: datetime) -> LockableDevices:
    """The phones that ``user`` may lock."""
    served = serving_members(now).filter(team__in=teams_led_by(user, now).values("pk")).values("user")
    led = Q(user__in=served)
    return LockableDevices(led=FieldDevice.objects.filter(led), all=FieldDevice.objects.filter(led | Q(user=user)))
