"""The Celery application: tasks are found in each app's tasks.py, settings start with CELERY_."""

import os

from celery import Celery
from celery.schedules import crontab
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.development")

app = Celery("marketplace")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add(DjangoStructLogInitStep)  # a task logs the request that asked for it
app.conf.beat_schedule = {
    "compare-search-indices": {"task": "search.index.tasks.compare_indices", "schedule": crontab(hour=3, minute=10)},
    "forget-expired-reports": {"task": "reporting.tasks.forget_expired_reports", "schedule": 86400.0},
    "make-waiting-reports": {"task": "reporting.tasks.make_waiting_reports", "schedule": 900.0},
    "deliver-waiting-messages": {"task": "messaging.tasks.deliver_waiting", "schedule": 60.0},
    "look-after-search-engines": {"task": "search.index.tasks.look_after_engines", "schedule": 60.0},
    "learn-search-words": {"task": "search.index.tasks.learn_words", "schedule": 600.0},
    "remind-of-unanswered-orders": {"task": "shop.order.tasks.sweep_unanswered_orders", "schedule": 3600.0},
    "close-unpaid-orders": {"task": "shop.payment.tasks.sweep_unpaid_orders", "schedule": 300.0},
    "send-due-refunds": {"task": "shop.payment.tasks.sweep_due_refunds", "schedule": 300.0},
    "send-search-alerts": {"task": "search.saved.tasks.send_alerts", "schedule": 900.0},
    "sweep-photos": {"task": "catalog.tasks.sweep_photos", "schedule": 600.0},
    "expire-certificates": {"task": "catalog.tasks.expire_certificates", "schedule": crontab(minute=5, hour=0)},
}
