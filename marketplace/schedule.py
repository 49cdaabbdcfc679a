"""The periodic work of the whole site, and how often each task runs: times of day are Vietnam's.

Celery's beat starts it where there is a broker, ``marketplace.clock`` in the process that serves where there is none.
Every task may run twice, late or beside itself; none relies on the turn before. What runs once a day has a time of day:
the count of a pause would begin anew with every restart.
"""

from __future__ import annotations

from celery.schedules import crontab

MINUTE, HOUR = 60.0, 3600.0

# What the turn does: the task that does it, and the seconds or the time of day between two turns.
PERIODIC_WORK: dict[str, tuple[str, float | crontab]] = {
    "deliver-waiting-messages": ("messaging.tasks.deliver_waiting", MINUTE),
    "look-after-search-engines": ("search.index.tasks.look_after_engines", MINUTE),
    "close-unpaid-orders": ("shop.payment.tasks.sweep_unpaid_orders", 5 * MINUTE),
    "close-abandoned-attempts": ("shop.payment.tasks.sweep_abandoned_attempts", 5 * MINUTE),
    "send-due-refunds": ("shop.payment.tasks.sweep_due_refunds", 5 * MINUTE),
    "learn-search-words": ("search.index.tasks.learn_words", 10 * MINUTE),
    "sweep-photos": ("catalog.tasks.sweep_photos", 10 * MINUTE),
    "make-waiting-reports": ("reporting.tasks.make_waiting_reports", 15 * MINUTE),
    "send-search-alerts": ("search.saved.tasks.send_alerts", 15 * MINUTE),
    "note-first-listings": ("onboarding.tasks.sweep_first_listings", HOUR),
    "remind-of-unanswered-orders": ("shop.order.tasks.sweep_unanswered_orders", HOUR),
    "expire-certificates": ("catalog.tasks.expire_certificates", crontab(hour=0, minute=5)),
    "forget-expired-reports": ("reporting.tasks.forget_expired_reports", crontab(hour=2, minute=20)),
    "compare-search-indices": ("search.index.tasks.compare_indices", crontab(hour=3, minute=10)),
}


def beat_schedule() -> dict[str, dict[str, object]]:
    """The list in the form that Celery asks for."""
    return {name: {"task": task, "schedule": when} for name, (task, when) in PERIODIC_WORK.items()}
