"""Community digital teams: volunteers with a village or a commune as territory."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.folded import FoldedField
from core.name_order import by_name
from households.models.place import Commune


class DigitalTeam(models.Model):
    """``village_name`` is empty for a team of the whole commune."""

    name = models.CharField(_("name"), max_length=120)
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="teams")
    village_name = models.CharField(_("village"), max_length=80, blank=True)
    founded_date = models.DateField(_("founded"))
    dissolved_date = models.DateField(_("dissolved"), null=True, blank=True)
    search_text = FoldedField(of=("name", "village_name"))

    class Meta:
        ordering = (by_name("name"), "pk")

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    class Role(models.TextChoices):
        LEADER = "leader", _("team leader")
        MEMBER = "member", _("team member")

    team = models.ForeignKey(DigitalTeam, models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=8, choices=Role.choices, default=Role.MEMBER)
    joined_at = models.DateTimeField(_("since"))
    left_at = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "user"], name="team_member_once")]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()}, {self.team})"
