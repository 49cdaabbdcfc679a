"""The operators' first page: what waits, and where to go."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.guards import operator_required, user_of
from accounts.workspaces import notices_for
from operations.selectors import waiting_work


@operator_required
@require_safe
def show_start(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    shown = {"waiting": waiting_work(now), "notices": notices_for(user_of(request), now)}
    return render(request, "operations/start.html", shown)
