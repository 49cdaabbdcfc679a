"""What buyers may know of how a household sells, computed from its orders."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class TrackRecord(models.Model):
    """One row for a household that was ever asked for goods; written by ``shop.order.track_records`` alone.

    ``answers`` are the orders of the last 90 days that count in ``median_minutes``; ``sold`` are the lines of orders
    that were delivered, ever. No figure of a report reads it.
    """

    household = models.OneToOneField(
        "households.Household", models.PROTECT, primary_key=True, related_name="track_record"
    )
    answers = models.PositiveIntegerField(_("answered orders"))
    median_minutes = models.PositiveIntegerField(_("median minutes to answer"), null=True)
    sold = models.PositiveIntegerField(_("delivered lines"))
    computed_at = models.DateTimeField(_("computed"))

    class Meta:
        app_label = "catalogue"

    def __str__(self) -> str:
        return f"{self.household_id}: {self.sold}"
