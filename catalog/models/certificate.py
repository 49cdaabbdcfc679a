"""OCOP certificates: stars are shown only while a confirmed one is valid."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class OcopCertificate(models.Model):
    """Valid 36 months from issue (Decision 148/QĐ-TTg, 2023); both dates are kept as written on the paper.

    The household or its team writes it down; it shows no stars until an operator has compared it with the paper or
    the province's register.
    """

    product = models.ForeignKey("catalogue.Product", models.CASCADE, related_name="ocop_certificates")
    holder = models.CharField(_("holder"), max_length=160)
    number = models.CharField(_("decision number"), max_length=60)
    issuing_authority = models.CharField(_("issued by"), max_length=160)
    stars = models.PositiveSmallIntegerField(_("stars"))
    issued_date = models.DateField(_("issued"))
    expiry_date = models.DateField(_("valid until"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        app_label = "catalogue"
        ordering = ("-issued_date",)
        constraints = [
            models.CheckConstraint(condition=models.Q(stars__gte=3, stars__lte=5), name="ocop_three_to_five_stars"),
            models.CheckConstraint(condition=models.Q(expiry_date__gt=models.F("issued_date")), name="ocop_dates"),
            models.UniqueConstraint(fields=["product", "number"], name="ocop_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.stars}★)"
