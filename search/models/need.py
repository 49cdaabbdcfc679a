"""Needs, kept by operators: what is bought for its use, its time or its standing, and what of the market serves it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.name_order import by_name
from search.language.needs import Need


class NeedRule(models.Model):
    """Who says ``said`` finds every listing that has all that is given here. A change is in force with the next search.

    ``months`` are numbers from 1 to 12. ``certificate`` is a kind of quality certificate; the form of the operators
    offers those there are.
    """

    said = models.CharField(_("buyers say"), max_length=60)
    category = models.ForeignKey(
        "catalogue.Category", on_delete=models.CASCADE, null=True, blank=True, verbose_name=_("kind")
    )
    months = models.JSONField(_("harvested in"), default=list, blank=True)
    min_stars = models.PositiveSmallIntegerField(_("OCOP stars, at least"), default=0)
    certificate = models.CharField(_("certificate"), max_length=40, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    is_active = models.BooleanField(_("in force"), default=True)
    updated_at = models.DateTimeField(_("changed"), db_index=True)

    class Meta:
        ordering = (by_name("said"), "pk")
        verbose_name = _("need")
        verbose_name_plural = _("needs")

    def __str__(self) -> str:
        return self.said

    @property
    def need(self) -> Need:
        return Need(
            said=self.said,
            category=str(self.category_id or ""),
            months=tuple(self.months),
            min_stars=self.min_stars,
            certificate=self.certificate,
        )
