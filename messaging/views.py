"""The on-screen outbox: what would have been sent to phones, for development only."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core.paging import page_of
from messaging.selectors import newest_messages


@require_GET
def show_outbox(request: HttpRequest) -> HttpResponse:
    if not settings.SHOW_OUTBOX:
        raise Http404
    return render(request, "messaging/outbox.html", {"page_obj": page_of(request, newest_messages())})
