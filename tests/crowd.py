"""Everybody who may stand before a door: the cast, its mirror image on the other side, and an editor."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.contrib.auth.models import Group
from django.test import Client

from accounts.models import EDITORS_GROUP, User
from households.models import CommuneOfficer, Mandate, Scope, TeamMember
from tests.cast import Cast, make_user
from tests.sign_in import sign_in


@dataclass(frozen=True)
class Crowd:
    """``other`` is the cast with its two sides exchanged: what belongs to the household there is foreign here."""

    cast: Cast
    other: Cast
    people: dict[str, User]

    def clients(self, *names: str) -> dict[str, Client]:
        """Each of these people, signed in; everybody without ``names``."""
        return {name: sign_in(Client(), self.people[name]) for name in names or self.people}


def gather(cast: Cast) -> Crowd:
    """Add whom the other side lacks to be a mirror image: a team member who leads nothing, an officer, a mandate."""
    since = cast.mandate.given_at
    member, officer, editor = (
        make_user(20, "Đỗ Thành"),
        make_user(21, "Cán bộ xã khác"),
        make_user(22, "Biên tập viên"),
    )
    TeamMember.objects.create(team=cast.other_team, user=member, role=TeamMember.Role.MEMBER, joined_at=since)
    CommuneOfficer.objects.create(user=officer, commune=cast.other_commune, since=since)
    User.objects.filter(pk__in=[officer.pk, editor.pk]).update(is_staff=True)
    editor.groups.add(Group.objects.get_or_create(name=EDITORS_GROUP)[0])
    mandate = Mandate.objects.create(
        household=cast.other_household,
        team=cast.other_team,
        scopes=list(Scope),
        given_at=since,
        given_how="code",
        holds_from=since,
        expires_at=cast.mandate.expires_at,
    )
    other = replace(
        cast,
        province=cast.other_province,
        commune=cast.other_commune,
        household=cast.other_household,
        team=cast.other_team,
        mandate=mandate,
        head=cast.other_head,
        volunteer=member,
        leader=cast.other_volunteer,
        commune_officer=officer,
        province_officer=cast.other_province_officer,
        buyer=cast.stranger,
        other_province=cast.province,
        other_commune=cast.commune,
        other_household=cast.household,
        other_team=cast.team,
        other_head=cast.head,
        other_volunteer=cast.leader,
        other_province_officer=cast.province_officer,
        stranger=cast.buyer,
    )
    more = {"other_member": member, "other_commune_officer": officer, "editor": editor}
    return Crowd(cast, other, {**cast.everyone(), **more})
