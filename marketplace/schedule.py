"""The periodic work of the whole site, and how often each task runs: times of day are Vietnam's.

Celery's beat starts it where there is a broker, ``marketplace.clock`` in the process that serves where there is none.
Every task may run twice, late or beside itself; none relies on the turn before. What runs once a day has a time of day:
the count of a pause would begin anew with every restart. ``marketplace.watchdog`` tells operators of each entry that
did not run or that failed.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

MINUTE, HOUR = 60.0, 3600.0


class Entry(NamedTuple):
    """The task, the seconds or the time of day between two turns, and what operators read."""

    task: str
    when: float | crontab
    label: Any


PERIODIC_WORK: dict[str, Entry] = {
    "deliver-waiting-messages": Entry("messaging.tasks.deliver_waiting", MINUTE, _("Send the messages that wait")),
    "look-after-search-engines": Entry(
        "search.index.tasks.look_after_engines", MINUTE, _("Ask the search engines and index what waits")
    ),
    "publish-scheduled-pages": Entry(
        "content.tasks.publish_scheduled_pages", 5 * MINUTE, _("Show and hide pages at the time their editor chose")
    ),
    "close-unpaid-orders": Entry("shop.payment.tasks.sweep_unpaid_orders", 5 * MINUTE, _("Close unpaid orders")),
    "close-abandoned-attempts": Entry(
        "shop.payment.tasks.sweep_abandoned_attempts", 5 * MINUTE, _("Close payments that were left")
    ),
    "send-due-refunds": Entry("shop.payment.tasks.sweep_due_refunds", 5 * MINUTE, _("Send the refunds that are due")),
    "open-accounts-of-papers": Entry(
        "onboarding.tasks.sweep_paper_consents", 5 * MINUTE, _("Open the accounts of consents on paper that hold now")
    ),
    "learn-search-words": Entry("search.index.tasks.learn_words", 10 * MINUTE, _("Learn the words of new listings")),
    "sweep-photos": Entry("catalog.tasks.sweep_photos", 10 * MINUTE, _("Make waiting photos ready")),
    "sweep-listings": Entry(
        "catalog.listing.tasks.sweep_listings",
        10 * MINUTE,
        _("Take listings off sale whose photos all failed, end changes of closed accounts"),
    ),
    "make-waiting-reports": Entry("reporting.tasks.make_waiting_reports", 15 * MINUTE, _("Make the reports that wait")),
    "send-search-alerts": Entry("search.saved.tasks.send_alerts", 15 * MINUTE, _("Send news of saved searches")),
    "tell-of-stock": Entry("shop.wishes.tasks.tell_who_waits", 15 * MINUTE, _("Tell who waits for sold-out goods")),
    "note-first-listings": Entry(
        "onboarding.tasks.sweep_first_listings", HOUR, _("Note each household's first listing")
    ),
    "remind-of-unanswered-orders": Entry(
        "shop.order.tasks.sweep_unanswered_orders", HOUR, _("Remind of unanswered orders")
    ),
    "end-overdue-orders": Entry(
        "shop.order.tasks.sweep_overdue_orders", 10 * MINUTE, _("End orders that nobody answered")
    ),
    "record-final-declines": Entry(
        "shop.order.tasks.sweep_final_declines", 10 * MINUTE, _("Count declines that stand as answers")
    ),
    "renew-track-records": Entry(
        "shop.order.tasks.renew_track_records", HOUR, _("Count how fast households answer and what they delivered")
    ),
    "expire-certificates": Entry(
        "catalog.tasks.expire_certificates", crontab(hour=0, minute=5), _("End expired certificates")
    ),
    "close-facts": Entry(
        "reporting.tasks.close_facts", crontab(hour=1, minute=40), _("Close the facts of days that are over")
    ),
    "forget-expired-sessions": Entry(
        "accounts.tasks.forget_expired_sessions", crontab(hour=2, minute=5), _("Delete sessions that have ended")
    ),
    "forget-ended-codes": Entry(
        "accounts.tasks.forget_ended_codes", crontab(hour=2, minute=10), _("Delete codes that have ended")
    ),
    "forget-expired-reports": Entry(
        "reporting.tasks.forget_expired_reports", crontab(hour=2, minute=20), _("Delete reports whose time is over")
    ),
    "forget-field-uploads": Entry(
        "onboarding.field.tasks.forget_field_uploads",
        crontab(hour=2, minute=30),
        _("Delete photos from the field that are on their listings"),
    ),
    "compare-search-indices": Entry(
        "search.index.tasks.compare_indices", crontab(hour=3, minute=10), _("Compare the search indices with the shop")
    ),
}


def beat_schedule() -> dict[str, dict[str, object]]:
    """The list in the form that Celery asks for."""
    return {name: {"task": entry.task, "schedule": entry.when} for name, entry in PERIODIC_WORK.items()}
