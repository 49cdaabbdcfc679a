"""Reviews by whoever bought: one for each buyer and listing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.public_words.models import PublicWords

if TYPE_CHECKING:
    from catalog.models.product import Product

MAX_STARS = 5


class Review(PublicWords):
    """``buyer_phone`` is the one the order was placed with: a guest has no account, and a buyer has one review here.

    Why Oscar's ProductReview is not used: docs/adr/0045.
    """

    act_name = "review"

    listing: models.ForeignKey[Product | Any, Product] = models.ForeignKey(
        "catalogue.Product", models.PROTECT, related_name="buyers_reviews"
    )
    buyer_phone = models.CharField(_("buyer's phone"), max_length=16)
    stars = models.PositiveSmallIntegerField(_("stars"))
    received_date = models.DateField(_("received on"))
    written_at = models.DateTimeField(_("written"))
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)

    class Meta:
        app_label = "catalogue"
        ordering = ("-written_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["listing", "buyer_phone"], name="one_review_of_buyer_and_listing"),
            models.CheckConstraint(condition=models.Q(stars__gte=1, stars__lte=MAX_STARS), name="review_stars_1_to_5"),
        ]
        indexes = [models.Index(fields=["listing", "-written_at"], name="review_listing_newest")]

    def __str__(self) -> str:
        return f"{self.listing_id}: {self.stars}"
