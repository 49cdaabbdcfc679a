"""The outbox between the shop and its indices, the passes that drain it, and the health of the engines."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PassKind(models.TextChoices):
    DRAIN = "drain", _("changes")
    REBUILD = "rebuild", _("new index")
    COMPARE = "compare", _("comparison")


class IndexPass(models.Model):
    """One pass: one reading of the database for one index.

    Its number is the version of every document that it writes. The number is taken before the reading, so of two passes
    the one with the higher number never read a listing earlier.
    """

    kind = models.CharField(_("kind"), max_length=8, choices=PassKind.choices)
    engine = models.CharField(_("engine"), max_length=16)
    started_at = models.DateTimeField(_("started"), db_index=True)
    seconds = models.FloatField(_("seconds"), null=True)
    listings = models.PositiveIntegerField(_("listings"), default=0)
    problem = models.CharField(_("problem"), max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class IndexChange(models.Model):
    """A row of the outbox: a listing that one engine's index may hold out of date. Written in the transaction of the
    change.

    It says only which listing; the pass reads what the listing is by then. Rows that are done are kept for a week,
    because a rebuild that was under way must write their listings again.
    """

    engine = models.CharField(max_length=16)
    product_id = models.PositiveBigIntegerField()
    written_at = models.DateTimeField()
    done_in = models.ForeignKey(IndexPass, models.CASCADE, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(
                fields=["engine", "id"], condition=models.Q(done_in__isnull=True), name="index_change_pending"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.engine}: {self.product_id}"


class EngineHealth(models.Model):
    """Whether an engine answers, as operators are told. Without a row it was never down."""

    engine = models.CharField(_("engine"), max_length=16, primary_key=True)
    is_down = models.BooleanField(_("down"), default=False)
    since = models.DateTimeField(_("since"))
    problem = models.CharField(_("problem"), max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.engine}: {'down' if self.is_down else 'up'}"
