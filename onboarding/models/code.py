"""One-time codes sent to the household's phone and typed by the volunteer at the door."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from accounts.models import OneTimeCode
from households.models import DigitalTeam, Household


class DoorstepCode(OneTimeCode):
    """Says yes to one thing; opens no account. Only a digest is kept, and ``terms`` are what the yes is to."""

    class Purpose(models.TextChoices):
        CONSENT = "consent"
        MANDATE = "mandate"

    household = models.ForeignKey(Household, models.CASCADE, related_name="doorstep_codes")
    team = models.ForeignKey(DigitalTeam, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    terms = models.JSONField(default=dict)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["household", "purpose", "-sent_at"], name="code_latest")]

    def __str__(self) -> str:
        return f"{self.household_id} {self.purpose} {self.sent_at:%Y-%m-%d %H:%M}"
