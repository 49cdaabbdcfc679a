"""The floor's tables: the audit trail, and the counts of attempts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.append_only import AppendOnlyModel


class Capacity(models.TextChoices):
    """In which right a person acts for a household."""

    HOUSEHOLD = "household", _("as the household")
    TEAM = "team", _("for the household's team")
    OPERATOR = "operator", _("as an operator")


class AuditEntry(AppendOnlyModel):
    """One act of one person, with what it changed. Append-only.

    ``capacity`` is empty where nobody acted for a household: the site itself, somebody for his own account, a buyer.
    """

    at = models.DateTimeField(_("when"), db_index=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    action = models.CharField(_("action"), max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    household_code = models.CharField(_("household code"), max_length=20, blank=True)
    capacity = models.CharField(_("acting"), max_length=9, choices=Capacity.choices, blank=True)
    team_id = models.BigIntegerField(_("on behalf, by team"), null=True)
    changes = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["household_code", "-at"], name="audit_household"),
            models.Index(fields=["subject_type", "subject_id"], name="audit_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.subject_type}:{self.subject_id}"


class AttemptCount(models.Model):
    """How often something was tried within a window of time. Written by core.attempts alone, in one statement."""

    key = models.CharField(max_length=80, primary_key=True)
    count = models.PositiveIntegerField()
    # Seconds since 1970: one statement compares it in every database.
    ends_at = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key} {self.count}"
