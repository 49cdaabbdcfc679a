"""The storefront's words, and whether it is open."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import ChangedMeanwhile, DomainError
from core.locks import lock_row
from core.text import nfc, slug
from core.transactions import in_transaction
from households.access import Acting
from households.audit import record_for_household, record_whoever_acts
from households.models import AccountEvent, Household
from households.search_text import search_text
from households.signals import household_changed

OTHER_VERSION = _("Somebody else changed this household while you were writing. Compare, then save again.")


class AccountClosed(DomainError):
    """What needs an open account was asked of one that is closed."""

    code = "account_closed"


@in_transaction
def edit_household(*, acting: Acting, version: int, name: str, story: str, now: datetime) -> Household:
    """Change the storefront's name and story; ``version`` is the one the form showed.

    Raises ChangedMeanwhile when it is no longer the current one.
    """
    household = lock_row(Household.objects.select_related("head"), pk=acting.household.pk)
    written = {"name": nfc(name).strip(), "story": nfc(story).strip()}
    changes = {
        field: [getattr(household, field), text] for field, text in written.items() if getattr(household, field) != text
    }
    if changes and household.version != version:
        raise ChangedMeanwhile(OTHER_VERSION, household)
    if not changes:
        return household
    household.name, household.story = written["name"], written["story"]
    household.slug = slug(household.name, fallback="gian-hang")
    household.search_text = search_text(household.name, household.head.full_name if household.head else "")
    household.version += 1
    household.save(update_fields=["name", "story", "slug", "search_text", "version"])
    _record(acting, household, "edit_household", now, changes)
    return household


@in_transaction
def open_storefront(*, acting: Acting, now: datetime) -> Household:
    """The public sees the storefront from now on, or once the account is open. Raises AccountClosed."""
    household = lock_row(Household.objects.all(), pk=acting.household.pk)
    if household.closed_at:
        raise AccountClosed(_("The account of this household is closed. Open it again first."))
    if not household.is_selling:
        _set_selling(household, acting.user, now, selling=True)
        _record(acting, household, "open_storefront", now, {})
    return household


@in_transaction
def close_storefront(*, acting: Acting, now: datetime) -> Household:
    """The storefront and its listings leave the public's sight; orders taken stay to be answered."""
    household = lock_row(Household.objects.all(), pk=acting.household.pk)
    if household.is_selling:
        _set_selling(household, acting.user, now, selling=False)
        _record(acting, household, "close_storefront", now, {})
    return household


@in_transaction
def shut_storefront(*, household: Household, actor: User | None, now: datetime) -> Household:
    """The same because the account ends; without ``actor`` the household said so by a link of its own."""
    household = lock_row(Household.objects.all(), pk=household.pk)
    if household.is_selling:
        _set_selling(household, actor, now, selling=False)
        record_whoever_acts(household=household, actor=actor, action="close_storefront", subject=household, now=now)
        household_changed.send(sender=Household, household_id=household.pk)
    return household


def _set_selling(household: Household, actor: User | None, now: datetime, *, selling: bool) -> None:
    household.is_selling = selling
    household.save(update_fields=["is_selling"])
    kind = AccountEvent.Kind.STOREFRONT_OPENED if selling else AccountEvent.Kind.STOREFRONT_CLOSED
    AccountEvent.objects.create(household=household, kind=kind, at=now, actor=actor)


def _record(acting: Acting, household: Household, action: str, now: datetime, changes: dict[str, list[str]]) -> None:
    record_for_household(
        acting=acting,
        action=action,
        subject=household,
        now=now,
        changes=changes,
    )
    household_changed.send(sender=Household, household_id=household.pk)
