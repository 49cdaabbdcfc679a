"""What reporting keeps: each act of producing a file, and each day whose facts were closed."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.append_only import AppendOnlyModel
from core.private_files import private_files


class RunStatus(models.TextChoices):
    WAITING = "waiting", _("being made")
    DONE = "done", _("ready")
    FAILED = "failed", _("not made")
    EXPIRED = "expired", _("file deleted")


class RunFormat(models.TextChoices):
    CSV = "csv", _("CSV")
    XLSX = "xlsx", _("Excel (XLSX)")


class ReportRun(models.Model):
    """Who asked for what, when, on which frame and definitions; with the file while it is kept.

    ``as_of`` freezes what was known: the same run made again has the same content. ``definitions`` are the versions of
    the indicators, as ``[{"indicator": code, "version": number}]``; the file is computed with these and no others.
    ``sha256`` is that of the file; ``content_sha256`` stands in its last line and is that of everything above, the same
    in every format.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    report = models.CharField(_("report"), max_length=40)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(_("asked for"), db_index=True)
    area = models.CharField(_("area"), max_length=24)
    area_name = models.CharField(_("area"), max_length=160)
    period = models.CharField(_("period"), max_length=10)
    is_cumulative = models.BooleanField(_("cumulative from 1 January"), default=False)
    breakdown = models.CharField(_("by"), max_length=10, blank=True)
    as_of = models.DateTimeField(_("as known at"))
    window_days = models.PositiveSmallIntegerField(_("days in which an account was looked at"))
    language = models.CharField(max_length=5, default="vi")
    format = models.CharField(_("format"), max_length=4, choices=RunFormat.choices)
    definitions = models.JSONField(_("definitions"), default=list)
    status = models.CharField(_("status"), max_length=8, choices=RunStatus.choices, default=RunStatus.WAITING)
    failure = models.CharField(_("why it was not made"), max_length=300, blank=True)
    row_count = models.PositiveIntegerField(_("rows"), null=True)
    file = models.FileField(storage=private_files, upload_to="reports/%Y/%m/", max_length=160, blank=True)
    size = models.PositiveBigIntegerField(_("bytes"), null=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    content_sha256 = models.CharField(_("SHA-256 of the content"), max_length=64, blank=True, db_index=True)
    finished_at = models.DateTimeField(_("finished"), null=True)
    expires_at = models.DateTimeField(_("kept until"), db_index=True)

    class Meta:
        ordering = ("-requested_at", "-pk")

    def __str__(self) -> str:
        return f"{self.report} {self.area} {self.period} {self.format}"


class ClosedDay(AppendOnlyModel):
    """A day whose facts stand in files: ``manifest_sha256`` of its manifest, ``previous_sha256`` of the day before.

    The files are in ``FACTS_ROOT``; what they hold is said in ``reporting.facts.closing``.
    """

    day = models.DateField(_("day"), unique=True)
    closed_at = models.DateTimeField(_("closed"))
    fact_count = models.PositiveBigIntegerField(_("facts"))
    previous_sha256 = models.CharField(max_length=64, blank=True)
    manifest_sha256 = models.CharField(_("SHA-256"), max_length=64)

    def __str__(self) -> str:
        return f"{self.day} {self.manifest_sha256[:16]}"
