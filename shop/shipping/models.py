"""The dated tariff: what a parcel costs by zone and weight, and how many days it travels."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Zone(models.TextChoices):
    """How far a parcel goes, seen from the household's province."""

    SAME_PROVINCE = "province", _("in the same province")
    SAME_REGION = "region", _("in the same region")
    INTER_REGION = "country", _("to another region")


class ShippingTariff(models.Model):
    """Holds from ``valid_from`` until the day before ``valid_until``; the newest that holds is used."""

    name = models.CharField(_("name"), max_length=120)
    source = models.CharField(_("where the prices come from"), max_length=200)
    is_invented = models.BooleanField(_("invented for the demo"), default=False)
    valid_from = models.DateField(_("valid from"), unique=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    freight_warning_percent = models.PositiveSmallIntegerField(
        _("warn when shipping passes this share of the goods, in percent"), default=30
    )

    class Meta:
        ordering = ("-valid_from",)
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")), name="tariff_dates"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.valid_from:%Y-%m-%d})"


class ZoneRate(models.Model):
    """One zone of a tariff. Past the last step, each further ``extra_step_g`` begun costs ``extra_charge``."""

    tariff = models.ForeignKey(ShippingTariff, models.CASCADE, related_name="zone_rates")
    zone = models.CharField(_("zone"), max_length=8, choices=Zone.choices)
    days = models.PositiveSmallIntegerField(_("days on the way"))
    extra_step_g = models.PositiveIntegerField(_("further step in grams"), validators=[MinValueValidator(1)])
    extra_charge = models.PositiveIntegerField(_("charge for a further step"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tariff", "zone"], name="zone_once_per_tariff"),
            models.CheckConstraint(condition=Q(extra_step_g__gt=0), name="zone_extra_step_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.tariff}: {self.get_zone_display()}"


class WeightStep(models.Model):
    """A parcel of at most ``up_to_g`` grams costs ``charge`` dong."""

    zone_rate = models.ForeignKey(ZoneRate, models.CASCADE, related_name="steps")
    up_to_g = models.PositiveIntegerField(_("up to, in grams"))
    charge = models.PositiveIntegerField(_("charge"))

    class Meta:
        ordering = ("up_to_g",)
        constraints = [models.UniqueConstraint(fields=["zone_rate", "up_to_g"], name="weight_step_once")]

    def __str__(self) -> str:
        return f"≤ {self.up_to_g} g: {self.charge}"
