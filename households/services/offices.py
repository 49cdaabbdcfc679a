"""Officers: who reads the figures of a commune or a province, appointed and relieved by operators."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.access import require_operator
from accounts.models import User
from core import audit
from core.errors import DomainError
from core.locks import lock_row
from core.transactions import in_transaction
from households.models import Commune, CommuneOfficer, Province, ProvinceOfficer


class OfficeRefused(DomainError):
    """This person cannot hold this office; the message says why."""

    code = "office_refused"
    field = "phone"


@in_transaction
def appoint_officer(
    *, user: User, place: Commune | Province, operator: User, now: datetime
) -> CommuneOfficer | ProvinceOfficer:
    """``user`` reads the figures of ``place`` from now on. Raises NotAllowed, OfficeRefused.

    Officers are staff: they sign in with a password and a second factor.
    """
    require_operator(operator)
    if not user.is_staff:
        raise OfficeRefused(_("Officers sign in with a password. Open a staff account for this person first."))
    office: CommuneOfficer | ProvinceOfficer
    if isinstance(place, Commune):
        office, is_new = CommuneOfficer.objects.get_or_create(user=user, commune=place, defaults={"since": now})
    else:
        office, is_new = ProvinceOfficer.objects.get_or_create(user=user, province=place, defaults={"since": now})
    office = office if is_new else _lock(office)
    if not is_new and (office.until is None or office.until > now):
        raise OfficeRefused(_("This person holds this office already."))
    if not is_new:
        office.since, office.until = now, None
        office.save(update_fields=["since", "until"])
    changes = {"user": ["", str(user.pk)], "place": ["", place.pk]}
    audit.record(action="appoint_officer", subject=office, now=now, actor=operator, changes=changes)
    return office


@in_transaction
def relieve_officer(*, office: CommuneOfficer | ProvinceOfficer, operator: User, now: datetime) -> None:
    """From now on the person reads nothing through this office. Raises NotAllowed."""
    require_operator(operator)
    office = _lock(office)
    if office.until is None or office.until > now:
        office.until = now
        office.save(update_fields=["until"])
        audit.record(
            action="relieve_officer",
            subject=office,
            now=now,
            actor=operator,
            changes={"user": [str(office.user_id), ""]},
        )


def _lock(office: CommuneOfficer | ProvinceOfficer) -> CommuneOfficer | ProvinceOfficer:
    if isinstance(office, CommuneOfficer):
        return lock_row(CommuneOfficer.objects.all(), pk=office.pk)
    return lock_row(ProvinceOfficer.objects.all(), pk=office.pk)
