"""Consent to the use of personal data: to which words, given how, recorded by whom, withdrawn when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.append_only import AppendOnlyModel
from households.models import DigitalTeam
from households.models.agreement import Agreement


class ConsentText(AppendOnlyModel):
    """Append-only: a new version of the words is a new row, so what people agreed to stays readable."""

    version = models.CharField(_("version"), max_length=20)
    language = models.CharField(_("language"), max_length=8)
    body = models.TextField(_("text"))
    valid_from = models.DateField(_("valid from"))

    class Meta:
        ordering = ("-valid_from", "-version")
        constraints = [models.UniqueConstraint(fields=["version", "language"], name="consent_text_once")]

    def __str__(self) -> str:
        return f"{self.version} ({self.language})"


class Consent(Agreement):
    """Holds until withdrawn; a household that agrees again gets a new row. ``team`` is null where no team helped."""

    team = models.ForeignKey(DigitalTeam, models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="consents")

    class Meta(Agreement.Meta):
        ordering = ("-given_at",)
        constraints = [
            *Agreement.Meta.constraints,
            models.UniqueConstraint(
                fields=["household"], condition=models.Q(withdrawn_at__isnull=True), name="one_consent_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.given_at:%Y-%m-%d}"
