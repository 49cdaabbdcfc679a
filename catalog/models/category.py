"""The tree of farm goods; names in both languages of the site are data."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.abstract_models import AbstractCategory


class Category(AbstractCategory):
    """``code`` is stable across renaming: it is how the shipped tree is loaded again."""

    name_en = models.CharField(_("English name"), max_length=255, blank=True)

    @property
    def local_name(self) -> str:
        """The name in the reader's language."""
        return self.name if (get_language() or "vi").startswith("vi") else self.name_en or self.name
