from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from onboarding.field.services.uploads import forget_old_uploads


@shared_task
def forget_field_uploads() -> None:
    forget_old_uploads(now=timezone.now())
