"""Background work of accounts; safe to repeat."""

from __future__ import annotations

from celery import shared_task
from django.core.management import call_command


@shared_task
def forget_expired_sessions() -> None:
    """Django's command: delete the sessions that have ended, which the database otherwise keeps for ever."""
    call_command("clearsessions")
