"""What a person is here, in words, for the account page: head or member of a household, of a team, officer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from households.access import communes_overseen_by, own_households, provinces_overseen_by, serving_members
from households.models import Commune, Province


def roles_in_words(user: User, now: datetime) -> Iterator[str]:
    for household in own_households(user, now).select_related("head"):
        is_head = household.head is not None and household.head.user_id == user.pk
        role = _("head of household %(name)s") if is_head else _("member of household %(name)s")
        yield role % {"name": household.name}
    for member in serving_members(now).filter(user=user).select_related("team").order_by("pk"):
        yield f"{member.get_role_display()}, {member.team.name}"
    for office in communes_overseen_by(user, now).select_related("commune"):
        yield _officer_of(office.commune)
    for province_office in provinces_overseen_by(user, now).select_related("province"):
        yield _officer_of(province_office.province)


def _officer_of(place: Commune | Province) -> str:
    return _("officer of %(place)s") % {"place": f"{place.get_kind_display()} {place.name}"}
