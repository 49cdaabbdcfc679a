"""The door in front of every page of figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from accounts.guards import signed_in, stop_before_staff_page, user_of
from accounts.models import User
from reporting.access import Reach, reach_of


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks, for what they may, at which moment."""

    user: User
    reach: Reach
    now: datetime


def figures_door(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Only people with figures to read; those who read by office with their second factor."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        user, now = user_of(request), timezone.now()
        reach = reach_of(user, now)
        if not reach:
            raise PermissionDenied
        stop = stop_before_staff_page(request) if reach.is_official else None
        return stop or view(request, Reader(user, reach, now), **kwargs)

    return signed_in(guarded)
