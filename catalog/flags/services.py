"""Reporting a listing, and what an operator decides about it."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import require_operator
from accounts.models import User
from catalog.flags.models import ListingFlag
from catalog.listing.services import take_down_listing
from catalog.listing.services.off_sale import ON_THE_SHELF
from catalog.listing.services.refusals import require_reason
from catalog.models import Product
from catalog.public_words.services import MAX_MESSAGE_LENGTH
from core import audit
from core.attempts import count_attempt
from core.errors import DomainError
from core.locks import lock_row, lock_rows
from core.models import Capacity
from core.text import nfc
from core.transactions import in_transaction
from messaging.services import send_message

MAX_FLAG_LENGTH = 1_000
MAX_FLAGS_PER_ADDRESS = 10
MAX_FLAGS_PER_PERSON = 20
DAY_SECONDS = 24 * 60 * 60


class FlagRefused(DomainError):
    """The report cannot be taken as it was typed; the message says what to do."""

    code = "flag_refused"
    field = "text"


def flag_listing(
    *, listing: Product, reason: str, text: str, user: User | None, address: str, now: datetime
) -> ListingFlag:
    """Report the listing to the operators. A person's open report of the same listing is written anew.

    ``address`` is where the visitor comes from: it is counted, not kept. Raises FlagRefused, TooManyAttempts.
    """
    words = nfc(text).strip()
    if len(words) > MAX_FLAG_LENGTH:
        raise FlagRefused(
            _("This is %(length)s characters long; at most %(most)s can stand here. Shorten it: nothing is lost.")
            % {"length": len(words), "most": MAX_FLAG_LENGTH}
        )
    if reason == ListingFlag.Reason.OTHER and not words:
        raise FlagRefused(_("Say in a few words what is wrong."))
    count_attempt(what="flag-address", whose=address, most=MAX_FLAGS_PER_ADDRESS, seconds=DAY_SECONDS, now=now)
    if user:
        count_attempt(what="flag-person", whose=user.phone, most=MAX_FLAGS_PER_PERSON, seconds=DAY_SECONDS, now=now)
    return _write_flag(listing, ListingFlag.Reason(reason), words, user, now)


@in_transaction
def _write_flag(
    listing: Product, reason: ListingFlag.Reason, text: str, user: User | None, now: datetime
) -> ListingFlag:
    row = lock_row(Product.objects.select_related("household"), pk=listing.pk)
    before = user and ListingFlag.objects.filter(listing=row, flagged_by=user, outcome=ListingFlag.Outcome.OPEN).first()
    flag = before or ListingFlag(listing=row, flagged_by=user, flagged_at=now)
    flag.reason, flag.text = reason, text
    flag.save()
    audit.record(action="flag_listing", subject=flag, now=now, actor=user, changes={"reason": ["", reason]})
    return flag


@in_transaction
def take_down_flagged(*, operator: User, listing: Product, reason: str, now: datetime) -> int:
    """Take the listing off sale for what was reported, and close its reports; returns how many.

    The household reads the reason. Raises NotAllowed, ReasonMissing.
    """
    require_operator(operator)
    row = lock_row(Product.objects.select_related("household"), pk=listing.pk)
    reason = require_reason(reason)
    if row.status in ON_THE_SHELF:
        take_down_listing(operator=operator, listing=row, reason=reason, now=now)
    return _close(row, ListingFlag.Outcome.TAKEN_DOWN, operator, reason, now)


@in_transaction
def dismiss_flags(*, operator: User, listing: Product, reason: str, now: datetime) -> int:
    """The listing stays; its reports are closed with the reason. Raises NotAllowed, ReasonMissing."""
    require_operator(operator)
    row = lock_row(Product.objects.select_related("household"), pk=listing.pk)
    return _close(row, ListingFlag.Outcome.DISMISSED, operator, require_reason(reason), now)


def _close(listing: Product, outcome: ListingFlag.Outcome, operator: User, note: str, now: datetime) -> int:
    """Close the listing's open reports; who reported while signed in is told what came of it."""
    open_flags = ListingFlag.objects.filter(listing=listing, outcome=ListingFlag.Outcome.OPEN)
    flags = lock_rows(open_flags.select_related("flagged_by"))
    for flag in flags:
        flag.outcome, flag.closed_at, flag.closed_by, flag.closing_note = outcome, now, operator, note
        flag.save(update_fields=["outcome", "closed_at", "closed_by", "closing_note"])
        audit.record(
            action="close_flag",
            subject=flag,
            now=now,
            actor=operator,
            household_code=listing.household.code,
            capacity=Capacity.OPERATOR,
            changes={"outcome": [ListingFlag.Outcome.OPEN, outcome], "reason": ["", note]},
        )
        if flag.flagged_by:
            with translation.override(settings.LANGUAGE_CODE):
                said = gettext("What you reported about “%(title)s” was looked at: %(outcome)s. %(reason)s")
                text = said % {"title": listing.title[:80], "outcome": flag.get_outcome_display(), "reason": note}
            key = f"flag-closed:{flag.pk}"
            send_message(phone=flag.flagged_by.phone, text=text[:MAX_MESSAGE_LENGTH], key=key, now=now)
    return len(flags)
