"""Certificates of a listing: each is shown only while it is confirmed and valid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.certificates.quality import QualityKind
from core.private_files import private_files

if TYPE_CHECKING:
    from catalog.models.product import Product


NOT_BOTH = models.Q(confirmed_at__isnull=True) | models.Q(refused_at__isnull=True)


class Certificate(models.Model):
    """What the papers have in common; both dates are kept as written on them.

    The household or its team writes it down; nothing of it is shown until an operator has compared it with the paper or
    the register of whoever gave it. An operator who finds no such paper refuses it with a reason; then it can be
    written down again, as a new row. ``picture`` is for the operator alone.
    """

    act_name: ClassVar[str]
    """How audit rows call it, behind "record", "confirm" and "refuse"."""

    holder = models.CharField(_("holder"), max_length=160)
    number = models.CharField(_("number"), max_length=60)
    issuing_authority = models.CharField(_("issued by"), max_length=160)
    issued_date = models.DateField(_("issued"))
    expiry_date = models.DateField(_("valid until"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    refused_at = models.DateTimeField(_("refused"), null=True, blank=True)
    refused_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    refusal_reason = models.CharField(_("reason for the refusal"), max_length=300, blank=True)
    picture = models.FileField(
        _("picture of the paper"), storage=private_files, upload_to="certificates/%Y/%m/", blank=True
    )

    # Each kind of paper has a foreign key of its own, because the listing knows them under different names.
    product: models.ForeignKey[Product, Product]
    product_id: int

    class Meta:
        abstract = True
        app_label = "catalogue"
        ordering = ("-issued_date",)

    def __str__(self) -> str:
        return f"{self.name}, {self.number}"

    @property
    def name(self) -> str:
        """What it certifies, in the reader's language."""
        raise NotImplementedError

    @property
    def claim(self) -> dict[str, Any]:
        """What it certifies, as the audit row keeps it."""
        raise NotImplementedError


class OcopCertificate(Certificate):
    """Valid 36 months from issue (Decision 148/QĐ-TTg, 2023)."""

    act_name = "ocop_certificate"

    product = models.ForeignKey("catalogue.Product", models.CASCADE, related_name="ocop_certificates")
    number = models.CharField(_("decision number"), max_length=60)
    stars = models.PositiveSmallIntegerField(_("stars"))

    class Meta(Certificate.Meta):
        constraints = [
            models.CheckConstraint(condition=models.Q(stars__gte=3, stars__lte=5), name="ocop_three_to_five_stars"),
            models.CheckConstraint(condition=models.Q(expiry_date__gt=models.F("issued_date")), name="ocop_dates"),
            models.UniqueConstraint(
                fields=["product", "number"], condition=models.Q(refused_at__isnull=True), name="ocop_number_once"
            ),
            models.CheckConstraint(condition=NOT_BOTH, name="ocop_confirmed_or_refused"),
        ]

    @property
    def name(self) -> str:
        return f"OCOP {self.stars}★"

    @property
    def claim(self) -> dict[str, Any]:
        return {"stars": self.stars}


class QualityCertificate(Certificate):
    """VietGAP, organic and the like; ``issued_date``: its first valid day. Terms: ``catalog.certificates.quality``."""

    act_name = "quality_certificate"

    product = models.ForeignKey("catalogue.Product", models.CASCADE, related_name="quality_certificates")
    kind = models.CharField(_("certificate"), max_length=30, choices=QualityKind.choices)

    class Meta(Certificate.Meta):
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=QualityKind.values), name="quality_known_kind"),
            models.CheckConstraint(condition=models.Q(expiry_date__gt=models.F("issued_date")), name="quality_dates"),
            models.UniqueConstraint(
                fields=["product", "kind", "number"],
                condition=models.Q(refused_at__isnull=True),
                name="quality_number_once",
            ),
            models.CheckConstraint(condition=NOT_BOTH, name="quality_confirmed_or_refused"),
        ]

    @property
    def name(self) -> str:
        return self.get_kind_display()

    @property
    def claim(self) -> dict[str, Any]:
        return {"kind": self.kind}
