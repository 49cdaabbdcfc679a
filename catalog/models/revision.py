"""A change of a listing on sale: it stands beside the listing until somebody who may has checked it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.append_only import AppendOnlyModel
from core.models import Capacity


class RevisionStatus(models.TextChoices):
    WAITING = "waiting", _("waiting for a check")
    SENT_BACK = "sent_back", _("sent back to be mended")
    PUBLISHED = "published", _("published")
    TAKEN_BACK = "taken_back", _("taken back")
    REPLACED = "replaced", _("replaced by a later change")
    ENDED = "ended", _("ended with the sale")


OPEN_REVISION = (RevisionStatus.WAITING, RevisionStatus.SENT_BACK)


class ListingRevision(models.Model):
    """The words and photos that one side, the household or one of its teams, proposes for its listing on sale.

    What is written here never changes: whoever mends it writes the next revision, which replaces this one. ``words``
    and ``photo_keys`` are what is proposed, ``stood`` and ``stood_photo_keys`` what the listing said in its version
    ``base_version``; price and stock are in neither. ``is_checked`` is false for a small change that was published
    without a second person. ``closed_at``: when it was published, taken back, replaced or ended.
    """

    listing = models.ForeignKey("catalogue.Product", models.PROTECT, related_name="revisions")
    base_version = models.PositiveIntegerField()
    stood = models.JSONField()
    stood_photo_keys = models.JSONField(default=list)
    words = models.JSONField()
    photo_keys = models.JSONField(default=list)
    status = models.CharField(
        _("status"), max_length=10, choices=RevisionStatus.choices, default=RevisionStatus.WAITING
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    team = models.ForeignKey("households.DigitalTeam", models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(_("proposed"))
    check_note = models.CharField(_("what to mend before it is published"), max_length=500, blank=True)
    is_checked = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "catalogue"
        ordering = ("pk",)
        indexes = [models.Index(fields=["status", "proposed_at"], name="revision_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["listing"],
                condition=models.Q(status__in=OPEN_REVISION, team__isnull=True),
                name="revision_one_open_of_household",
            ),
            models.UniqueConstraint(
                fields=["listing", "team"],
                condition=models.Q(status__in=OPEN_REVISION, team__isnull=False),
                name="revision_one_open_of_team",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=OPEN_REVISION, closed_at__isnull=True)
                | (~models.Q(status__in=OPEN_REVISION) & models.Q(closed_at__isnull=False)),
                name="revision_closed_when_not_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id} {self.status} {self.proposed_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_REVISION


class RevisionEvent(AppendOnlyModel):
    """Append-only: each status a revision entered, when, and by whom in which right; ``note`` says why."""

    revision = models.ForeignKey(ListingRevision, models.PROTECT, related_name="events")
    status = models.CharField(_("status"), max_length=10, choices=RevisionStatus.choices)
    at = models.DateTimeField(_("when"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    capacity = models.CharField(_("acting"), max_length=9, choices=Capacity.choices, blank=True)
    team = models.ForeignKey("households.DigitalTeam", models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        app_label = "catalogue"
        ordering = ("at", "pk")
        indexes = [models.Index(fields=["revision", "at"], name="revision_event_time")]

    def __str__(self) -> str:
        return f"{self.revision_id} {self.status} {self.at:%Y-%m-%d}"
