"""What the site remembers of its own running."""

from __future__ import annotations

from django.db import models


class PeriodicRun(models.Model):
    """How an entry of ``marketplace.schedule`` ran last; a table, because a restart must not forget it."""

    name = models.CharField(max_length=60, unique=True)
    awaited_since = models.DateTimeField()
    succeeded_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    # The class of the error alone: its words may hold personal data, and they are in the log.
    error_class = models.CharField(max_length=100, default="")

    def __str__(self) -> str:
        return self.name
