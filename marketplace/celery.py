"""The Celery application: tasks are found in each app's tasks.py, settings start with CELERY_."""

import os

from celery import Celery
from django_structlog.celery.steps import DjangoStructLogInitStep

from marketplace.schedule import beat_schedule

# Production, as for the WSGI application: whoever wants a worker for development says so.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.production")

app = Celery("marketplace", task_cls="core.patient_tasks:PatientTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add(DjangoStructLogInitStep)  # a task logs the request that asked for it
app.conf.beat_schedule = beat_schedule()
