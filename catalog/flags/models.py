"""Flags: somebody tells the operators that a listing breaks the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from catalog.models.product import Product


class ListingFlag(models.Model):
    """``flagged_by`` is empty for a visitor who is not signed in: nothing of him is kept."""

    class Reason(models.TextChoices):
        FORBIDDEN = "forbidden", _("it may not be sold: banned goods, wild animals, protected plants")
        FAKE = "fake", _("it is not what it says: false origin, false certificate, somebody else's photo")
        UNSAFE = "unsafe", _("it is not safe to eat or to use")
        PRICE = "price", _("the price misleads")
        WORDS = "words", _("words or photos offend, or show somebody's phone number or address")
        OTHER = "other", _("something else")

    class Outcome(models.TextChoices):
        OPEN = "open", _("open")
        TAKEN_DOWN = "taken_down", _("the listing was taken off sale")
        DISMISSED = "dismissed", _("the listing stays")

    listing: models.ForeignKey[Product | Any, Product] = models.ForeignKey(
        "catalogue.Product", models.PROTECT, related_name="flags"
    )
    reason = models.CharField(_("what is wrong"), max_length=10, choices=Reason.choices)
    text = models.TextField(_("in your words"), blank=True)
    flagged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    flagged_at = models.DateTimeField(_("reported"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, default=Outcome.OPEN)
    closed_at = models.DateTimeField(_("decided"), null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    closing_note = models.CharField(_("why"), max_length=500, blank=True)

    class Meta:
        app_label = "catalogue"
        ordering = ("flagged_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="open", closed_at__isnull=True)
                | (~models.Q(outcome="open") & models.Q(closed_at__isnull=False)),
                name="flag_open_or_closed",
            )
        ]
        indexes = [
            models.Index(fields=["flagged_at"], condition=models.Q(outcome="open"), name="flag_open_oldest"),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id}: {self.reason}"
