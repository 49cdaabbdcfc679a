"""Saved searches."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedSearch(models.Model):
    """A signed-in person's search, in the form that ``search.saved.saved_searches.normalised_terms`` gives it.

    ``heard_until`` is the latest time of publication among the listings that the owner was told of. ``told`` are the
    listings, by sku with their time of publication, that were told and are still looked at again.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches")
    text = models.CharField(_("words"), max_length=120, blank=True)
    choices = models.JSONField(_("choices"), default=dict, blank=True)
    created_at = models.DateTimeField(_("saved"))
    heard_until = models.DateTimeField(_("told until"))
    told = models.JSONField(default=dict, blank=True)
    told_at = models.DateTimeField(_("last message"), null=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["user", "text", "choices"], name="search_saved_once"),
        ]

    def __str__(self) -> str:
        return self.text
