"""Reading the outbox."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from messaging.models import MessageState, OutgoingMessage

MAX_DUE = 500


def newest_messages() -> QuerySet[OutgoingMessage]:
    return OutgoingMessage.objects.order_by("-created_at", "-pk")


def due_message_ids(now: datetime) -> list[int]:
    """Waiting messages whose turn has come, longest due first; one that failed is not due until its pause is over."""
    due = OutgoingMessage.objects.filter(state=MessageState.WAITING, next_attempt_at__lte=now)
    return list(due.order_by("next_attempt_at", "pk").values_list("pk", flat=True)[:MAX_DUE])


def undelivered_messages(since: datetime) -> QuerySet[OutgoingMessage]:
    """Messages written since then that nobody will get unless an operator sends them again."""
    ends = (MessageState.REFUSED, MessageState.GIVEN_UP)
    return OutgoingMessage.objects.filter(state__in=ends, created_at__gte=since)
