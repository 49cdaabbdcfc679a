"""The household's leave for a team to act for it: scoped, dated, withdrawable at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.private_files import private_files
from households.models.household import Household
from households.models.team import DigitalTeam

if TYPE_CHECKING:
    from django.core.files import File


class Scope(models.TextChoices):
    """What a mandate may allow. Bank details are never among them."""

    STOREFRONT = "storefront", _("fill in the storefront")
    LISTING = "listing", _("list products, prices and stock")
    ORDERS = "orders", _("answer orders")


class GivenBy(models.TextChoices):
    """How consent or a mandate was given."""

    CODE = "code", _("one-time code sent to the household's phone")
    PAPER = "paper", _("signed paper, photographed")
    SELF = "self", _("the household itself, signed in")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedPaper:
    """The photograph of a paper twice: ``as_sent`` is the evidence, ``readable`` a JPEG of it for every browser."""

    readable: File[bytes]
    as_sent: File[bytes]


class Mandate(models.Model):
    """Holds from ``given_at`` until ``expires_at`` unless ``withdrawn_at`` comes first."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="mandates")
    team = models.ForeignKey(DigitalTeam, models.PROTECT, related_name="mandates")
    scopes = models.JSONField(pgettext_lazy("what a mandate allows", "may"), default=list)
    given_at = models.DateTimeField(_("given"))
    given_how = models.CharField(_("given by"), max_length=8, choices=GivenBy.choices)
    evidence = models.FileField(_("signed paper"), storage=private_files, upload_to="mandates/%Y/%m/", blank=True)
    evidence_as_sent = models.FileField(
        _("signed paper as it was sent"), storage=private_files, upload_to="mandates/%Y/%m/", blank=True
    )
    expires_at = models.DateTimeField(_("until"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-given_at",)

    def __str__(self) -> str:
        return f"{self.household} → {self.team}"

    @property
    def scope_labels(self) -> list[str]:
        """What the team may do, in words."""
        return [str(Scope(scope).label) for scope in self.scopes]
