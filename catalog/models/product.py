"""The listing's own fields on Oscar's product; price and stock are on its stock record."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.abstract_models import AbstractProduct

from catalog.units import SaleUnit
from core.folded import FoldedField

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class ListingStatus(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_CHECK = "in_check", _("waiting for a check")
    PUBLISHED = "published", _("on sale")
    WITHDRAWN = "withdrawn", _("withdrawn by the household")
    TAKEN_DOWN = "taken_down", _("taken down by an operator")
    DELETED = "deleted", _("deleted")


class Storage(models.TextChoices):
    AMBIENT = "ambient", _("dry and cool place")
    CHILLED = "chilled", _("chilled, 0 to 8 °C")
    FROZEN = "frozen", _("frozen")


class Product(AbstractProduct):
    """One listing of one household. ``is_public`` is true exactly when ``status`` is PUBLISHED.

    ``key`` is made where the listing was typed, so that one sent twice is one listing. ``drafted_by`` last wrote what
    buyers read; ``drafted_by_team`` is set when that was done on the household's behalf.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    household = models.ForeignKey("households.Household", models.PROTECT, related_name="products")
    status = models.CharField(_("status"), max_length=10, choices=ListingStatus.choices, default=ListingStatus.DRAFT)
    sale_unit = models.CharField(_("sold by"), max_length=8, choices=SaleUnit.choices, default=SaleUnit.KILOGRAM)
    pieces = models.PositiveIntegerField(_("pieces in one sale unit"), null=True, blank=True)
    net_weight_g = models.PositiveIntegerField(_("grams in one sale unit"), null=True, blank=True)
    pack_weight_g = models.PositiveIntegerField(_("grams as sent, with packing"), default=1000)
    harvest_months = models.JSONField(_("harvest months"), default=list, blank=True)
    origin_commune = models.ForeignKey("households.Commune", models.PROTECT, related_name="+")
    storage = models.CharField(_("storage"), max_length=8, choices=Storage.choices, default=Storage.AMBIENT)
    max_transit_days = models.PositiveSmallIntegerField(_("days it may travel"), null=True, blank=True)
    published_at = models.DateTimeField(_("on sale since"), null=True, blank=True)
    drafted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    drafted_by_team = models.ForeignKey("households.DigitalTeam", models.PROTECT, null=True, related_name="+")
    checked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    check_note = models.CharField(_("what to mend before it is published"), max_length=500, blank=True)
    takedown_reason = models.CharField(_("why it was taken down"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    folded_title = FoldedField(of=("title",))

    class Meta(AbstractProduct.Meta):
        indexes = [
            models.Index(fields=["household", "status"], name="product_household_status"),
            models.Index(fields=["status", "-published_at"], name="product_on_sale_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pieces__gt=0) | models.Q(net_weight_g__gt=0), name="product_says_grams_or_pieces"
            ),
            models.CheckConstraint(
                condition=models.Q(status=ListingStatus.PUBLISHED, is_public=True)
                | (~models.Q(status=ListingStatus.PUBLISHED) & models.Q(is_public=False)),
                name="product_public_when_published",
            ),
        ]

    def get_title(self) -> StrOrPromise:
        return self.title
