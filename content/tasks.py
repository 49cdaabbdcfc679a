"""Background work of the pages; safe to repeat."""

from __future__ import annotations

from celery import shared_task
from django.core.management import call_command


@shared_task
def publish_scheduled_pages() -> None:
    """Wagtail's command: put on the site, and take from it, the pages whose time an editor has set."""
    call_command("publish_scheduled")
