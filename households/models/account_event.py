"""The life of an account: opened, closed, opened again, its storefront shown and shut, the household moved."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.append_only import AppendOnlyModel
from households.models.household import Household
from households.models.place import Commune


class AccountEvent(AppendOnlyModel):
    """Append-only: figures of any day read these rows; the household's own columns hold only how it stands now.

    ``left_commune`` is set where the household moved: the commune it stood in until then.
    """

    class Kind(models.TextChoices):
        OPENED = "opened", _("account opened")
        CLOSED = "closed", _("account closed")
        REOPENED = "reopened", _("account opened again")
        STOREFRONT_OPENED = "shown", _("storefront opened")
        STOREFRONT_CLOSED = "shut", _("storefront closed")
        MOVED = "moved", _("moved")

    household = models.ForeignKey(Household, models.PROTECT, related_name="account_events")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    at = models.DateTimeField(_("when"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    left_commune = models.ForeignKey(Commune, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            # The last event of some kinds before a moment, for one household and for all of them.
            models.Index(fields=["household", "kind", "at"], name="account_event_of_household"),
            models.Index(fields=["kind", "at", "household"], name="account_event_of_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="moved", left_commune__isnull=False)
                | (~models.Q(kind="moved") & models.Q(left_commune__isnull=True)),
                name="moved_from_a_commune",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.kind} {self.at:%Y-%m-%d}"
