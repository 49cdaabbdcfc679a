"""A household writes itself down, signed in with its own phone; the team of its place is told."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from accounts.models import User
from core.transactions import in_transaction
from households.access import serving_members
from households.models import Commune, Household, TeamMember
from households.services import confirm_phone, register_household
from messaging.services import send_message
from onboarding.access import teams_near

MAX_TOLD = 5
"""Leaders who are told of one household; a commune has a handful of teams."""


@in_transaction
def register_own_household(
    *, key: str, head_name: str, storefront_name: str, commune: Commune, village_name: str, actor: User, now: datetime
) -> Household:
    """Register the household under the phone with which ``actor`` signed in; the same form again gives the same one.

    The sign-in proved the phone, so the account opens as soon as the household has consented. Raises
    HouseholdAlreadyRegistered when the number has a household.
    """
    household = register_household(
        key=key,
        name=storefront_name or head_name,
        phone=actor.phone,
        head_name=head_name,
        commune=commune,
        village_name=village_name,
        actor=actor,
        now=now,
    )
    household = confirm_phone(household=household, now=now, actor=actor)
    leaders = serving_members(now).filter(team__in=teams_near(household, now), role=TeamMember.Role.LEADER)
    with translation.override(settings.LANGUAGE_CODE):
        text = gettext(
            "%(name)s, %(village)s, has registered itself at Chợ Nhà Nông. See how you can help: %(link)s"
        ) % {
            "name": household.name,
            "village": household.village_name,
            "link": f"{settings.SITE_URL}{reverse('onboarding:team_household', args=[household.code])}",
        }
    for leader in leaders.select_related("user").order_by("pk")[:MAX_TOLD]:
        send_message(phone=leader.user.phone, text=text, key=f"registered:{household.pk}:{leader.pk}", now=now)
    return household
