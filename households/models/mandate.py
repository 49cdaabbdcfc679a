"""The household's leave for a team to act for it: scoped, dated, withdrawable at once."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from households.models.agreement import Agreement
from households.models.team import DigitalTeam


class Scope(models.TextChoices):
    """What a mandate may allow. Bank details are never among them."""

    STOREFRONT = "storefront", _("fill in the storefront")
    LISTING = "listing", _("list products, prices and stock")
    ORDERS = "orders", _("answer orders")


class Mandate(Agreement):
    """Holds from ``holds_from`` until ``expires_at``, unless it is withdrawn or a later one of the team holds first."""

    team = models.ForeignKey(DigitalTeam, models.PROTECT, related_name="mandates")
    scopes = models.JSONField(pgettext_lazy("what a mandate allows", "may"), default=list)
    expires_at = models.DateTimeField(_("until"))

    class Meta(Agreement.Meta):
        ordering = ("-given_at",)
        # "No later one of this team holds": without it each of a team's mandates is compared with all the others.
        indexes = [models.Index(fields=["household", "team", "holds_from"], name="mandate_latest_of_team")]

    def __str__(self) -> str:
        return f"{self.household} → {self.team}"

    def bring_forward(self, now: datetime) -> None:
        """The days that the household gave count from when it holds."""
        self.expires_at -= self.holds_from - now
        super().bring_forward(now)

    @property
    def scope_labels(self) -> list[str]:
        """What the team may do, in words."""
        return [str(Scope(scope).label) for scope in self.scopes]
