"""The demo's people: volunteers, officers, an operator, a buyer, and how they sign in."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import Group

from accounts.models import OPERATORS_GROUP, User
from accounts.phones import parse_phone
from accounts.second_factor import enrol_totp
from demo.rows import rows
from households.models import Commune, CommuneOfficer, DigitalTeam, Province, ProvinceOfficer, TeamMember

STAFF_ROLES = ("commune_officer", "province_officer", "operator")
# Known to everyone who reads this file: the demo is refused outside development.
STAFF_PASSWORD = "cho-nha-nong-demo"  # noqa: S105
STAFF_TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105


def load_people(*, since: datetime) -> None:
    """Teams, their members, officers, the operator and a buyer; all in their roles since ``since``."""
    for row in rows("teams"):
        DigitalTeam.objects.get_or_create(
            name=row["name"],
            commune_id=row["commune_code"],
            defaults={"village_name": row["village_name"], "founded_date": row["founded_date"]},
        )
    for row in rows("people"):
        _take_office(_user(row), row["role"], row["place"], since)


def user_of(key: str) -> User:
    """The demo's person with this key in people.csv."""
    phone = next(row["phone"] for row in rows("people") if row["key"] == key)
    return User.objects.get(phone=parse_phone(phone))


def serving(role: str, team: str) -> User:
    """The team's "volunteer" or "leader"; those of the first team have plain keys in people.csv."""
    return user_of(role if team == "tan-cuong" else f"{role}-{team}")


def team_of(key: str) -> DigitalTeam:
    row = next(row for row in rows("teams") if row["key"] == key)
    return DigitalTeam.objects.get(name=row["name"], commune_id=row["commune_code"])


def _user(row: dict[str, str]) -> User:
    phone, staff = parse_phone(row["phone"]), row["role"] in STAFF_ROLES
    user = User.objects.filter(phone=phone).first()
    if user is None:
        password = STAFF_PASSWORD if staff else None
        user = User.objects.create_user(phone, password, full_name=row["full_name"], is_staff=staff)
    if staff:
        enrol_totp(user=user, secret=STAFF_TOTP_SECRET)
    return user


def _take_office(user: User, role: str, place: str, since: datetime) -> None:
    if role in ("team_member", "team_leader"):
        TeamMember.objects.get_or_create(
            team=team_of(place), user=user, defaults={"role": role.removeprefix("team_"), "joined_at": since}
        )
    elif role == "commune_officer":
        commune = Commune.objects.get(code=place)
        CommuneOfficer.objects.get_or_create(user=user, commune=commune, defaults={"since": since})
    elif role == "province_officer":
        province = Province.objects.get(code=place)
        ProvinceOfficer.objects.get_or_create(user=user, province=province, defaults={"since": since})
    elif role == "operator":
        user.groups.add(Group.objects.get_or_create(name=OPERATORS_GROUP)[0])
