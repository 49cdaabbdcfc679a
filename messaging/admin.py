"""The outbox for operators: what did not arrive, why, and sending it again; nothing else is changed by hand."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from messaging.models import OutgoingMessage
from messaging.services import send_again


@admin.register(OutgoingMessage)
class OutgoingMessageAdmin(admin.ModelAdmin[OutgoingMessage]):
    list_display = ("created_at", "phone", "state", "attempts", "next_attempt_at", "last_error")
    list_filter = ("state",)
    search_fields = ("=phone", "key")  # a number finds only when it is whole
    ordering = ("-created_at", "-pk")
    date_hierarchy = "created_at"
    fields = ("key", *list_display, "sent_at", "expires_at")  # never the text: it may be a code, and is not theirs
    actions = ("send_messages_again",)

    @admin.action(description=_("Send again"), permissions=["view"])
    def send_messages_again(self, request: HttpRequest, chosen: QuerySet[OutgoingMessage]) -> None:
        for message_id in chosen.values_list("pk", flat=True):
            try:
                send_again(message_id=message_id, actor=request.user, now=timezone.now())
            except DomainError as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, _("The message is on its way again."))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
