"""Acts: what happened in a household's account. Figures are computed from these rows, never from counters."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.append_only import AppendOnlyModel
from households.models.household import Household


class Act(AppendOnlyModel):
    """Append-only and small. ``key`` is made where the act happened, so that one sent twice counts once.

    The first four kinds are those of the programme's rule for an active account (plan 350/QĐ-BTTTT, 2022:
    displays, looks for, exchanges, or transacts); ``SALE`` is a transaction on the seller's side. Each kind is recorded
    where it happens: a product put on sale, a search of a signed-in household (once a day), a buyer's order answered,
    an order placed, an order accepted.
    """

    class Kind(models.TextChoices):
        DISPLAY = "display", _("displayed a product")
        SEARCH = "search", _("looked for products")
        EXCHANGE = "exchange", _("exchanged information")
        PURCHASE = "purchase", _("bought")
        SALE = "sale", _("sold")

    key = models.CharField(max_length=80, unique=True)
    household = models.ForeignKey(Household, models.PROTECT, related_name="acts")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey("DigitalTeam", models.PROTECT, null=True, related_name="+")
    happened_at = models.DateTimeField(_("happened"))
    learned_at = models.DateTimeField(_("learned"))

    class Meta:
        # All that the question "active in this window?" reads, so that it is answered from the index alone.
        indexes = [models.Index(fields=["household", "happened_at", "kind", "learned_at"], name="act_household_time")]

    def __str__(self) -> str:
        return f"{self.household_id} {self.kind} {self.happened_at:%Y-%m-%d}"
