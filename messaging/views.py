"""The on-screen outbox: what would have been sent to phones, for development only."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.generic import ListView

from messaging.models import OutgoingMessage
from messaging.selectors import newest_messages


class OutboxView(ListView[OutgoingMessage]):
    template_name = "messaging/outbox.html"
    context_object_name = "outbox"
    paginate_by = 20

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.SHOW_OUTBOX:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        return newest_messages()
