"""OCOP certificates: stars are shown only while one is valid."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class OcopCertificate(models.Model):
    """Valid 36 months from issue (Decision 148/QĐ-TTg, 2023); both dates are kept as written on the paper."""

    product = models.ForeignKey("catalogue.Product", models.CASCADE, related_name="ocop_certificates")
    holder = models.CharField(_("holder"), max_length=160)
    number = models.CharField(_("decision number"), max_length=60)
    issuing_authority = models.CharField(_("issued by"), max_length=160)
    stars = models.PositiveSmallIntegerField(_("stars"))
    issued_date = models.DateField(_("issued"))
    expiry_date = models.DateField(_("valid until"))

    class Meta:
        app_label = "catalogue"
        ordering = ("-issued_date",)
        constraints = [
            models.CheckConstraint(condition=models.Q(stars__gte=3, stars__lte=5), name="ocop_three_to_five_stars"),
            models.CheckConstraint(condition=models.Q(expiry_date__gt=models.F("issued_date")), name="ocop_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.stars}★)"
