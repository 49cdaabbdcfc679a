"""Our differences on price and stock, then Oscar's partner models."""

from __future__ import annotations

from django.db import models
from oscar.apps.partner.abstract_models import AbstractPartner, AbstractStockRecord


class Partner(AbstractPartner):
    """The selling side of one household; made with its first listing."""

    household = models.OneToOneField("households.Household", models.PROTECT, related_name="partner")


class StockRecord(AbstractStockRecord):
    """Price in whole dong for one sale unit. The constraint is the last word against selling what is not there.

    ``version`` counts the changes of the price and of what the household has: those made by hand, and parcels that
    left. What buyers order is only reserved and changes neither.
    """

    version = models.PositiveIntegerField(default=0)

    class Meta(AbstractStockRecord.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(num_allocated__isnull=True) | models.Q(num_allocated__lte=models.F("num_in_stock")),
                name="stock_never_oversold",
            ),
            models.CheckConstraint(
                condition=models.Q(num_allocated__isnull=True) | models.Q(num_allocated__gte=0),
                name="stock_allocation_not_negative",
            ),
        ]

    @property
    def dong(self) -> int:
        """The price of one sale unit in whole dong. Raises ValueError on a record without one, which no listing has."""
        if self.price is None:
            raise ValueError(f"Stock record {self.pk} has no price.")
        return int(self.price)


class StockAdjustment(models.Model):
    """So many sale units more or less, as a form said it; ``key`` is the form's, so that sent twice it counts once."""

    key = models.UUIDField(primary_key=True)
    stock_record = models.ForeignKey(StockRecord, models.CASCADE, related_name="adjustments")
    difference = models.IntegerField()
    at = models.DateTimeField()

    class Meta:
        app_label = "partner"

    def __str__(self) -> str:
        return f"{self.difference:+d}"


from oscar.apps.partner.models import *  # type: ignore[assignment]  # Oscar defines each class only where we did not
