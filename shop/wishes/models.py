"""Who waits for what."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class StockAlert(models.Model):
    """A person who wants to be told once that a sold-out listing can be ordered again; ``told_at`` ends it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="stock_alerts")
    product = models.ForeignKey("catalogue.Product", models.CASCADE, related_name="stock_alerts")
    asked_at = models.DateTimeField(_("asked"))
    told_at = models.DateTimeField(_("told"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "product"], condition=models.Q(told_at__isnull=True), name="stock_alert_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.product_id}"
