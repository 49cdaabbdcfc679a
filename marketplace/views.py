"""What operators see of the running of the site."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.guards import operator_required
from marketplace.watchdog import entry_states


@operator_required
@require_safe
def show_periodic_work(request: HttpRequest) -> HttpResponse:
    """Each entry of the schedule, when it ran last and how it ended."""
    return render(request, "periodic_work.html", {"entries": entry_states(timezone.now())})
