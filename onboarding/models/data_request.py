"""What a household asked about its own data: that it be put right, or erased."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from households.models import Household

#: Decree 356/2025/NĐ-CP: to be done within 15 days. The answer within two working days is the message sent at once.
DAYS_TO_FULFIL = 15


class DataRequest(models.Model):
    """Open until it was fulfilled or refused, with an answer; ``due_at`` is when the law wants it done."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("put right")
        ERASURE = "erasure", _("erase")

    class Outcome(models.TextChoices):
        OPEN = "open", _("waits")
        FULFILLED = "fulfilled", _("fulfilled")
        REFUSED = "refused", _("refused, with a reason")

    household = models.ForeignKey(Household, models.PROTECT, related_name="data_requests")
    kind = models.CharField(_("what is asked"), max_length=10, choices=Kind.choices)
    words = models.CharField(_("in the household's words"), max_length=1000, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    due_at = models.DateTimeField(_("to be done by"))
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome.choices, default=Outcome.OPEN)
    answer = models.CharField(_("answer"), max_length=1000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(_("answered"), null=True)

    class Meta:
        ordering = ("due_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["household", "kind"], condition=Q(outcome="open"), name="one_open_request_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(outcome="open", answered_at__isnull=True)
                | (~Q(outcome="open") & Q(answered_at__isnull=False) & ~Q(answer="")),
                name="data_request_is_answered_in_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.kind} {self.asked_at:%Y-%m-%d}"

    def is_late(self, now: datetime) -> bool:
        return self.outcome == self.Outcome.OPEN and now >= self.due_at


def due_date(asked_at: datetime) -> datetime:
    """When the law wants a request done that was made then."""
    return asked_at + timedelta(days=DAYS_TO_FULFIL)
