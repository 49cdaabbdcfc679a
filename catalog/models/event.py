"""The history of a listing's status: figures of a past day are read from it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.product import ListingStatus
from core.append_only import AppendOnlyModel
from core.models import Capacity


class ListingEvent(AppendOnlyModel):
    """Append-only: each status the listing entered, when, and by whom in which right; nobody where the site did it.

    ``version`` is the listing's at that moment: what stood then stands unchanged while it is still the listing's.
    """

    product = models.ForeignKey("catalogue.Product", models.PROTECT, related_name="events")
    status = models.CharField(_("status"), max_length=10, choices=ListingStatus.choices)
    at = models.DateTimeField(_("when"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    capacity = models.CharField(_("acting"), max_length=9, choices=Capacity.choices, blank=True)
    team = models.ForeignKey("households.DigitalTeam", models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(null=True)

    class Meta:
        app_label = "catalogue"
        ordering = ("at", "pk")
        indexes = [models.Index(fields=["product", "at"], name="listing_event_product_time")]

    def __str__(self) -> str:
        return f"{self.product_id} {self.status} {self.at:%Y-%m-%d}"
