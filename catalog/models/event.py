"""The history of a listing's status: figures of a past day are read from it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.product import ListingStatus
from core.append_only import AppendOnlyModel


class ListingEvent(AppendOnlyModel):
    """Append-only: each status the listing entered, and when."""

    product = models.ForeignKey("catalogue.Product", models.PROTECT, related_name="events")
    status = models.CharField(_("status"), max_length=10, choices=ListingStatus.choices)
    at = models.DateTimeField(_("when"))

    class Meta:
        app_label = "catalogue"
        ordering = ("at", "pk")
        indexes = [models.Index(fields=["product", "at"], name="listing_event_product_time")]

    def __str__(self) -> str:
        return f"{self.product_id} {self.status} {self.at:%Y-%m-%d}"
