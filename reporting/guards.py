"""The guard in front of every page of figures."""

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
from reporting.access import ReadableAreas, readable_areas


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks, for which areas they may, at which moment."""

    user: User
    areas: ReadableAreas
    now: datetime


def figures_reader_required(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Only people who read figures, those who read by office with their second factor.

    The view gets a ``Reader`` after its request.
    """

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        user, now = user_of(request), timezone.now()
        areas = readable_areas(user, now)
        if not areas:
            raise PermissionDenied
        stop = stop_before_staff_page(request) if areas.is_official else None
        return stop or view(request, Reader(user, areas, now), **kwargs)

    return signed_in(guarded)
