"""Messages to people: an outbox row written with the change that caused it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class OutgoingMessage(models.Model):
    """One text message. ``key`` makes the same cause send once; a secret text is wiped when it has been sent."""

    key = models.CharField(max_length=120, unique=True)
    phone = models.CharField(_("phone number"), max_length=16)
    text = models.CharField(_("text"), max_length=500)
    is_secret = models.BooleanField(default=False)
    created_at = models.DateTimeField(_("written"), db_index=True)
    sent_at = models.DateTimeField(_("sent"), null=True)

    class Meta:
        indexes = [
            models.Index(fields=["created_at"], condition=models.Q(sent_at__isnull=True), name="message_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.phone}: {self.key}"
