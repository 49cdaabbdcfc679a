"""Questions about a listing; everybody reads them once the household has answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.public_words.models import PublicWords

if TYPE_CHECKING:
    from catalog.models.product import Product


class ListingQuestion(PublicWords):
    act_name = "question"

    listing: models.ForeignKey[Product | Any, Product] = models.ForeignKey(
        "catalogue.Product", models.PROTECT, related_name="questions"
    )
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"))

    class Meta:
        app_label = "catalogue"
        ordering = ("-asked_at", "-pk")
        indexes = [models.Index(fields=["listing", "-answered_at"], name="question_listing_answered")]

    def __str__(self) -> str:
        return f"{self.listing_id}: {self.text[:40]}"
