"""What consent and mandate share: given on a day, in some way, and ended; on paper they wait before they hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.private_files import private_files
from households.models.household import Household

if TYPE_CHECKING:
    from django.core.files import File


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


def kept_under(agreement: models.Model, file_name: str) -> str:
    """ "mandates/2026/10/…", by the day on which it was given."""
    return f"{agreement._meta.model_name}s/{agreement.given_at:%Y/%m}/{file_name}"  # type: ignore[attr-defined]  # of Agreement


class Agreement(models.Model):
    """A yes of the household, to the use of its data or to what a team does for it.

    It holds from ``holds_from``, at once when a code or the household itself gave it. A signed paper holds only after a
    time (``settings.PAPER_WAIT``), so that the household can refuse what it did not sign, or from the moment at which
    somebody else checked it: ``checked_by``, at ``checked_at``. A checker who refuses says why in ``refusal``.
    ``withdrawn_at`` ends it, whether it held already or still waited; null until then.
    ``households.access`` says which of them hold and which wait.
    """

    team: Any  # each kind declares it: a mandate names one, a consent may lack one
    household = models.ForeignKey(Household, models.CASCADE, related_name="%(class)ss")
    given_at = models.DateTimeField(_("given"))
    given_how = models.CharField(_("given by"), max_length=8, choices=GivenBy.choices)
    holds_from = models.DateTimeField(_("holds from"))
    evidence = models.FileField(_("signed paper"), storage=private_files, upload_to=kept_under, blank=True)
    evidence_as_sent = models.FileField(
        _("signed paper as it was sent"), storage=private_files, upload_to=kept_under, blank=True
    )
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    refusal = models.CharField(_("why it was refused"), max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(holds_from=F("given_at")) | Q(holds_from__gt=F("given_at"), given_how=GivenBy.PAPER),
                name="%(class)s_only_paper_waits",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True, checked_at__isnull=True, refusal="")
                | Q(checked_by__isnull=False, checked_at__isnull=False, given_how=GivenBy.PAPER),
                name="%(class)s_paper_is_checked_by_somebody",
            ),
        ]

    @property
    def never_held(self) -> bool:
        """Whether it was refused, or replaced, while it waited."""
        return self.withdrawn_at is not None and self.withdrawn_at < self.holds_from

    def bring_forward(self, now: datetime) -> None:
        """Let a paper that waits hold from ``now`` on; the caller saves it."""
        self.holds_from = now

    def waits_at(self, now: datetime) -> bool:
        """Whether it is a paper that has still to wait; ``households.access.waiting`` asks the same of many."""
        return self.withdrawn_at is None and self.holds_from > now
