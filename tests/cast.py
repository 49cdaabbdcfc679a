"""The people of the tests: two households, two teams, officers, a buyer, an operator, a stranger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import Group

from accounts.models import OPERATORS_GROUP, User
from households.models import (
    Commune,
    CommuneOfficer,
    DigitalTeam,
    Household,
    HouseholdMember,
    Mandate,
    Province,
    ProvinceOfficer,
    Scope,
    TeamMember,
)
from tests.factories.households import write_account_events


@dataclass(frozen=True)
class Cast:
    """``household`` lives in ``team``'s territory and gave it a mandate; the other_* never meet them."""

    province: Province
    commune: Commune
    other_province: Province
    other_commune: Commune
    household: Household
    other_household: Household
    team: DigitalTeam
    other_team: DigitalTeam
    mandate: Mandate
    head: User
    other_head: User
    volunteer: User
    leader: User
    other_volunteer: User
    commune_officer: User
    province_officer: User
    other_province_officer: User
    operator: User
    buyer: User
    stranger: User

    def everyone(self) -> dict[str, User]:
        return {name: value for name, value in vars(self).items() if isinstance(value, User)}


def make_place(code: str, name: str, folded: str, commune_code: str, commune: str, slug: str) -> Commune:
    province = Province.objects.create(
        code=code,
        name=name,
        folded=folded,
        slug=folded.replace(" ", "-"),
        kind="tinh",
        region="north",
        valid_from="2025-07-01",
    )
    return Commune.objects.create(
        code=commune_code,
        name=commune,
        folded=slug.replace("-", " "),
        slug=slug,
        kind="xa",
        province=province,
        valid_from="2025-07-01",
    )


def make_user(number: int, name: str) -> User:
    return User.objects.create_user(f"+8491200{number:04}", full_name=name)


def make_household(code: str, name: str, commune: Commune, user: User, now: datetime) -> Household:
    household = Household.objects.create(
        code=code,
        name=name,
        slug=code.lower(),
        phone=user.phone,
        village_name="Xóm Hồng Thái",
        commune=commune,
        registered_at=now - timedelta(days=30),
        opened_at=now - timedelta(days=30),
        consented_at=now - timedelta(days=30),
        is_selling=True,
    )
    household.head = HouseholdMember.objects.create(
        household=household, user=user, full_name=user.full_name, phone=user.phone, joined_at=household.opened_at
    )
    household.save()
    write_account_events(household)
    return household


def make_team(name: str, commune: Commune, members: dict[User, str], now: datetime) -> DigitalTeam:
    team = DigitalTeam.objects.create(
        name=name, commune=commune, village_name="Xóm Hồng Thái", founded_date="2022-04-01"
    )
    for user, role in members.items():
        TeamMember.objects.create(team=team, user=user, role=role, joined_at=now - timedelta(days=365))
    return team


def assemble(now: datetime) -> Cast:
    commune = make_place("19", "Thái Nguyên", "thai nguyen", "05503", "Tân Cương", "tan-cuong")
    other_commune = make_place("24", "Bắc Ninh", "bac ninh", "07492", "Lục Ngạn", "luc-ngan")
    head, other_head = make_user(1, "Nguyễn Thị Hoa"), make_user(2, "Trần Văn Bình")
    volunteer, leader, other_volunteer = make_user(3, "Lê Minh"), make_user(4, "Phạm Lan"), make_user(5, "Vũ Nam")
    officers = [make_user(6, "Cán bộ xã"), make_user(7, "Cán bộ tỉnh"), make_user(8, "Cán bộ tỉnh khác")]
    since = now - timedelta(days=100)
    CommuneOfficer.objects.create(user=officers[0], commune=commune, since=since)
    ProvinceOfficer.objects.create(user=officers[1], province=commune.province, since=since)
    ProvinceOfficer.objects.create(user=officers[2], province=other_commune.province, since=since)
    User.objects.filter(pk__in=[officer.pk for officer in officers]).update(is_staff=True)
    operator = User.objects.create_user("+84912009999", "operator-password", is_staff=True, full_name="Vận hành")
    operator.groups.add(Group.objects.get_or_create(name=OPERATORS_GROUP)[0])
    household = make_household("HN-0001-A", "Trà nhà Hoa", commune, head, now)
    other_household = make_household("HN-0002-B", "Vải nhà Bình", other_commune, other_head, now)
    team = make_team("Tổ Hồng Thái", commune, {volunteer: "member", leader: "leader"}, now)
    other_team = make_team("Tổ Lục Ngạn", other_commune, {other_volunteer: "leader"}, now)
    mandate = Mandate.objects.create(
        household=household,
        team=team,
        scopes=list(Scope),
        given_at=since,
        given_how="code",
        holds_from=since,
        expires_at=now + timedelta(days=200),
    )
    return Cast(
        commune.province,
        commune,
        other_commune.province,
        other_commune,
        household,
        other_household,
        team,
        other_team,
        mandate,
        head,
        other_head,
        volunteer,
        leader,
        other_volunteer,
        *officers,
        operator,
        make_user(10, "Người mua"),
        make_user(11, "Người lạ"),
    )
