"""Background work of accounts; safe to repeat."""

from __future__ import annotations

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from accounts.phone_codes import delete_ended_codes
from core.attempts import delete_ended_counts


@shared_task
def forget_expired_sessions() -> None:
    """Django's command: delete the sessions that have ended, which the database otherwise keeps for ever."""
    call_command("clearsessions")


@shared_task
def forget_ended_codes() -> int:
    """Codes that are too old and counts whose window is over: phone numbers stay no longer than they are needed."""
    now = timezone.now()
    return delete_ended_codes(now) + delete_ended_counts(now)
