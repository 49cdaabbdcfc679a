"""Synonyms, kept by operators; the pages call them regional names."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.name_order import by_name
from search.language.synonyms import Closeness, Synonym, Untoned


class SynonymRule(models.Model):
    """Who says ``said`` also finds ``means``. A change is in force with the next search."""

    class Close(models.TextChoices):
        SAME = Closeness.SAME.value, _("the same thing")
        KIND = Closeness.KIND.value, _("one of its kinds, or what serves it")
        NEAR = Closeness.NEAR.value, _("something near, or one of several meanings")

    class WithoutTones(models.TextChoices):
        AUTO = Untoned.AUTO.value, _("when nothing else is spelt so")
        YES = Untoned.YES.value, _("always")
        NO = Untoned.NO.value, _("never")

    said = models.CharField(_("buyers say"), max_length=60)
    means = models.CharField(_("also find"), max_length=60)
    both_ways = models.BooleanField(
        _("both ways"), default=False, help_text=_("Only where neither word has another meaning.")
    )
    closeness = models.CharField(_("how close"), max_length=4, choices=Close.choices, default=Close.SAME)
    untoned = models.CharField(
        _("typed without tones"), max_length=4, choices=WithoutTones.choices, default=WithoutTones.AUTO
    )
    begins_name = models.BooleanField(
        _("only where a name begins with it"),
        default=False,
        help_text=_("For a word that elsewhere says how something is: “thơm” is a pineapple, “gạo thơm” is not."),
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    is_active = models.BooleanField(_("in force"), default=True)
    updated_at = models.DateTimeField(_("changed"), db_index=True)

    class Meta:
        ordering = (by_name("said"), by_name("means"))
        verbose_name = _("regional name")
        verbose_name_plural = _("regional names")
        constraints = [models.UniqueConstraint(fields=["said", "means"], name="one_rule_for_said_and_means")]

    def __str__(self) -> str:
        return f"{self.said} {'↔' if self.both_ways else '→'} {self.means}"

    @property
    def synonym(self) -> Synonym:
        return Synonym(
            self.said, self.means, self.both_ways, Closeness(self.closeness), Untoned(self.untoned), self.begins_name
        )
