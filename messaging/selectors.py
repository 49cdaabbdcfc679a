"""Reading the outbox."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from messaging.models import OutgoingMessage


def newest_messages() -> QuerySet[OutgoingMessage]:
    return OutgoingMessage.objects.order_by("-created_at", "-pk")


def waiting_message_ids(before: datetime) -> list[int]:
    """Messages written before an instant that have not left: their delivery was lost or refused."""
    waiting = OutgoingMessage.objects.filter(sent_at__isnull=True, created_at__lt=before)
    return list(waiting.order_by("created_at").values_list("pk", flat=True)[:500])
