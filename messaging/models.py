"""Messages to people: an outbox row written with the change that caused it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MessageState(models.TextChoices):
    """A message waits until it has come to one of the five ends; messaging.delivery says how."""

    WAITING = "waiting", _("waiting")
    SENT = "sent", _("sent")
    EXPIRED = "expired", _("too late, not sent")
    REFUSED = "refused", _("refused by the gateway")
    GIVEN_UP = "given_up", _("given up after many attempts")
    WITHDRAWN = "withdrawn", _("withdrawn, not sent")


class OutgoingMessage(models.Model):
    """One text message. ``key`` makes the same cause send once; a secret text is wiped when its message has ended.

    ``next_attempt_at`` is when a waiting message may be claimed, and empty for one that has ended. ``attempts`` counts
    the claims. Past ``expires_at`` the message is worth nothing: it is ended, not sent.
    """

    key = models.CharField(max_length=120, unique=True)
    phone = models.CharField(_("phone number"), max_length=16)
    text = models.CharField(_("text"), max_length=500)
    is_secret = models.BooleanField(default=False)
    created_at = models.DateTimeField(_("written"), db_index=True)
    expires_at = models.DateTimeField(_("worth sending until"), null=True)
    state = models.CharField(
        _("state of delivery"), max_length=10, choices=MessageState.choices, default=MessageState.WAITING
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), null=True)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_secret=False) | Q(expires_at__isnull=False), name="secret_message_expires"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", next_attempt_at__isnull=False)
                | (~Q(state="waiting") & Q(next_attempt_at__isnull=True)),
                name="message_waits_or_has_ended",
            ),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=Q(state="waiting"), name="message_due"),
        ]

    def __str__(self) -> str:
        return f"{self.phone}: {self.key}"
