"""Officers: who reads the figures of a commune or a province, and until when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from households.models.place import Commune, Province


class Office(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        abstract = True


class CommuneOfficer(Office):
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="officers")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "commune"], name="commune_officer_once")]

    def __str__(self) -> str:
        return f"{self.user}, {self.commune}"


class ProvinceOfficer(Office):
    province = models.ForeignKey(Province, models.PROTECT, related_name="officers")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "province"], name="province_officer_once")]

    def __str__(self) -> str:
        return f"{self.user}, {self.province}"
