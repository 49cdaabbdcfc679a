"""What reviews and questions share: words of a stranger, the household's answer, and an operator's veto."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PublicWordsQuerySet(models.QuerySet[Any]):
    def shown(self) -> Self:
        """Those that no operator has hidden."""
        return self.filter(hidden_at=None)


class PublicWords(models.Model):
    """``shown_name`` is masked when it is written: pages never read the whole name.

    ``answered_by_team`` is set when the household's team answered under its mandate, and is named beside the answer.
    """

    act_name: ClassVar[str]
    """How audit rows call it, behind "answer", "hide" and "show"."""

    shown_name = models.CharField(_("name as shown"), max_length=60, blank=True)
    text = models.TextField(_("text"), blank=True)
    answer = models.TextField(_("the household's answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answered_by_team = models.ForeignKey(
        "households.DigitalTeam", models.PROTECT, null=True, blank=True, related_name="+"
    )
    hidden_at = models.DateTimeField(_("hidden"), null=True, blank=True)
    hidden_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    hidden_reason = models.CharField(_("why it is hidden"), max_length=500, blank=True)

    objects: ClassVar[Any] = PublicWordsQuerySet.as_manager()

    class Meta:
        abstract = True
