"""The account of a registered household: open once it has consented and can be reached, closed and opened again.

Every change is an `AccountEvent` with its moment, which the figures read, and an audit row.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import audit
from core.errors import ChangedMeanwhile, DomainError
from core.text import nfc
from core.transactions import in_transaction
from households.access import acting_as, require_household_or_operator
from households.models import AccountEvent, Commune, Household
from households.places.villages import known_spelling
from households.services.mandates import take_back_mandate
from households.services.papers import lock_household, note_taken_back
from households.services.storefront import OTHER_VERSION, shut_storefront
from households.signals import account_closed, household_changed

Kind = AccountEvent.Kind


class ConsentNotGiven(DomainError):
    """The account cannot be open without the household's consent."""

    code = "consent_not_given"


def open_if_ready(household: Household, *, now: datetime, actor: User | None) -> None:
    """Open the account when the household has consented and its phone is confirmed. The caller holds its row.

    It was opened when both were so: a consent on paper began to hold some minutes before this is noted.
    """
    if household.opened_at or not (household.consented_at and household.phone_confirmed_at):
        return
    household.opened_at = max(household.consented_at, household.phone_confirmed_at)
    household.save(update_fields=["opened_at"])
    _record(household, Kind.OPENED, "open_household_account", now, actor, at=household.opened_at)


@in_transaction
def note_consent(*, household: Household, since: datetime, now: datetime, actor: User | None) -> Household:
    """The household's consent holds ``since``: its account opens as soon as it can be reached, and a closed one again.

    The caller keeps what was consented to, and how.
    """
    household = lock_household(household)
    household.consented_at = since
    household.save(update_fields=["consented_at"])
    open_if_ready(household, now=now, actor=actor)
    _reopen(household, now, actor, at=since)
    return household


@in_transaction
def note_withdrawn_consent(*, household: Household, now: datetime, actor: User | None) -> Household:
    """The household took its consent back: the account is closed until it consents again."""
    household = lock_household(household)
    household.consented_at = None
    household.save(update_fields=["consented_at"])
    return _close(household, now, actor, str(_("The household withdrew its consent.")))


@in_transaction
def close_account(*, household: Household, reason: str, now: datetime, actor: User) -> Household:
    """Close the account: storefront, mandates and open cases end; orders taken are still answered.

    The household may, and an operator when it calls. Closed twice is closed once. Raises NotAllowed.
    """
    require_household_or_operator(actor, household, now)
    return _close(lock_household(household), now, actor, nfc(reason).strip())


@in_transaction
def reopen_account(*, household: Household, now: datetime, actor: User) -> Household:
    """Open a closed account again; the storefront stays shut until the household opens it.

    Raises NotAllowed, ConsentNotGiven.
    """
    require_household_or_operator(actor, household, now)
    household = lock_household(household)
    if household.consented_at is None:
        raise ConsentNotGiven(_("The account opens again once the household has consented again."))
    _reopen(household, now, actor)
    return household


@in_transaction
def move_household(
    *, household: Household, version: int, commune: Commune, village_name: str, now: datetime, actor: User
) -> Household:
    """The household lives elsewhere from now on; figures of earlier days keep it where it stood.

    ``version`` is the one that the form showed. Raises NotAllowed, ChangedMeanwhile.
    """
    require_household_or_operator(actor, household, now)
    household = lock_household(household)
    village = known_spelling(commune=commune, village_name=village_name)
    left = household.commune
    if (left.pk, household.village_name) == (commune.pk, village):
        return household
    if household.version != version:
        raise ChangedMeanwhile(OTHER_VERSION, household)
    places = [f"{household.village_name}, {left.name}", f"{village}, {commune.name}"]
    household.commune, household.village_name = commune, village
    household.version += 1
    household.save(update_fields=["commune", "village_name", "version"])
    _record(household, Kind.MOVED, "move_household", now, actor, changes={"place": places}, left_commune=left)
    return household


def _reopen(household: Household, now: datetime, actor: User | None, *, at: datetime | None = None) -> None:
    if household.closed_at:
        household.closed_at = None
        household.save(update_fields=["closed_at"])
        _record(household, Kind.REOPENED, "reopen_household_account", now, actor, at=at)


def _close(household: Household, now: datetime, actor: User | None, reason: str) -> Household:
    """End whatever acts in the household's name; a household whose account never opened has none to close."""
    shut_storefront(household=household, now=now, actor=actor)
    household.is_selling = False
    for mandate in household.mandates.filter(withdrawn_at=None, expires_at__gt=now):
        take_back_mandate(mandate=mandate, actor=actor, now=now)
    note_taken_back(household, now)
    if household.has_open_account:
        household.closed_at = now
        household.save(update_fields=["closed_at"])
        changes = {"reason": ["", reason]} if reason else {}
        _record(household, Kind.CLOSED, "close_household_account", now, actor, changes=changes, reason=reason)
    account_closed.send(sender=Household, household=household, actor=actor, now=now, reason=reason)
    return household


def _record(
    household: Household,
    kind: Kind,
    action: str,
    now: datetime,
    actor: User | None,
    *,
    changes: dict[str, list[str]] | None = None,
    reason: str = "",
    left_commune: Commune | None = None,
    at: datetime | None = None,
) -> None:
    AccountEvent.objects.create(
        household=household, kind=kind, at=at or now, actor=actor, reason=reason, left_commune=left_commune
    )
    acting = acting_as(actor, household, None, now) if actor else None
    audit.record(
        action=action,
        subject=household,
        now=now,
        actor=actor,
        household_code=household.code,
        capacity=acting.capacity if acting else None,
        changes=changes or {},
    )
    household_changed.send(sender=Household, household_id=household.pk)
