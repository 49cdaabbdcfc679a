"""Provinces and communes with their validity dates, and what they were merged from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.name_order import by_name


class Region(models.TextChoices):
    """The three shipping regions; not administrative units."""

    NORTH = "north", _("North")
    CENTRAL = "central", _("Central")
    SOUTH = "south", _("South")


class Unit(models.Model):
    """What a province and a commune share. ``name`` is without its type; ``folded`` is for matching."""

    name = models.CharField(_("name"), max_length=80)
    folded = models.CharField(max_length=80, db_index=True, editable=False)
    slug = models.SlugField(max_length=90)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering = (by_name("name"),)

    def __str__(self) -> str:
        return self.name


class Province(Unit):
    class Kind(models.TextChoices):
        PROVINCE = "tinh", _("province")
        CITY = "thanh-pho", _("city")

    code = models.CharField(_("code"), max_length=2, primary_key=True)
    kind = models.CharField(_("type"), max_length=12, choices=Kind.choices)
    region = models.CharField(_("region"), max_length=8, choices=Region.choices)
    former_names = models.JSONField(_("merged from"), default=list)
    also_called = models.JSONField(_("also called"), default=list)


class Commune(Unit):
    class Kind(models.TextChoices):
        COMMUNE = "xa", _("commune")
        WARD = "phuong", _("ward")
        SPECIAL_ZONE = "dac-khu", _("special zone")

    code = models.CharField(_("code"), max_length=5, primary_key=True)
    kind = models.CharField(_("type"), max_length=12, choices=Kind.choices)
    province = models.ForeignKey(Province, models.PROTECT, related_name="communes")


class CommuneSuccession(models.Model):
    """A former commune and a commune that took it, or a part of it, in."""

    former_code = models.CharField(_("former code"), max_length=5, blank=True)
    former_name = models.CharField(_("former name"), max_length=80)
    former_district_name = models.CharField(_("former district"), max_length=80)
    former_province_name = models.CharField(_("former province"), max_length=80)
    folded = models.CharField(max_length=80, db_index=True, editable=False)
    folded_district = models.CharField(max_length=80, db_index=True, editable=False)
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="former_units")
    effective_date = models.DateField(_("since"))

    def __str__(self) -> str:
        return f"{self.former_name}, {self.former_district_name} → {self.commune}"
