"""A whole province's teams and members from one spreadsheet: all of it, or nothing and what to mend in which row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import IO, Any

from django.utils.translation import gettext as _

from accounts.access import require_operator
from accounts.models import User
from accounts.phones import BadPhone, parse_phone
from core import audit
from core.models import AuditEntry
from core.spreadsheets import BadSpreadsheet, columns_of, read_rows
from core.text import fold, nfc
from core.transactions import in_transaction
from households.models import Commune, DigitalTeam, TeamMember
from households.places.finding import find_communes
from households.places.index import place_index

COLUMNS = {
    "province": ("tinh", "tinh/thanh pho", "province"),
    "commune": ("xa", "xa/phuong", "phuong/xa", "commune"),
    "team": ("ten to", "to", "team"),
    "village": ("thon", "thon/ban", "xom", "ap", "village"),
    "full_name": ("ho va ten", "ho ten", "full name"),
    "phone": ("dien thoai", "so dien thoai", "phone"),
    "role": ("vai tro", "chuc vu", "role"),
}
LEADER_WORDS = ("to truong", "truong", "leader")
MAX_PROBLEMS = 200
CHUNK = 500


@dataclass(frozen=True, slots=True)
class ListedMember:
    """One good row: who serves in which team."""

    commune_code: str
    team: str
    village: str
    full_name: str
    phone: str
    role: str


@dataclass(frozen=True, slots=True)
class Problem:
    """``row`` is the number that the spreadsheet program shows; ``words`` say what to mend."""

    row: int
    words: str


@dataclass(frozen=True, slots=True)
class ReadList:
    members: list[ListedMember] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a list added; zeros for one that was loaded before."""

    teams: int
    people: int
    members: int


def read_team_list(file: IO[bytes]) -> ReadList:
    """The rows below the headings, good and bad. Raises BadSpreadsheet."""
    rows = read_rows(file)
    if not rows:
        raise BadSpreadsheet(_("This list has no rows."))
    columns = columns_of(rows[0][1], COLUMNS)
    found = ReadList()
    communes: dict[str, str] = {}
    seen: dict[tuple[str, str, str], int] = {}
    for number, cells in rows[1:]:
        typed = {name: cells[at] if at < len(cells) else "" for name, at in columns.items()}
        try:
            member = _member(typed, communes)
        except ValueError as problem:
            found.problems.append(Problem(number, str(problem)))
            continue
        same = (member.commune_code, fold(member.team), member.phone)
        if same in seen:
            found.problems.append(Problem(number, _("The same person stands in row %(row)s.") % {"row": seen[same]}))
        else:
            seen[same] = number
            found.members.append(member)
    return found


def _member(typed: dict[str, str], communes: dict[str, str]) -> ListedMember:
    """Raises ValueError with what to mend. ``communes`` remembers what each place name meant."""
    if not typed["team"] or not typed["full_name"]:
        raise ValueError(_("Write the team's name and the person's full name."))
    try:
        phone = parse_phone(typed["phone"])
    except BadPhone as error:
        raise ValueError(str(error)) from error
    place = ", ".join(filter(None, (typed["commune"], typed["province"])))
    if place not in communes:
        known = place_index().by_code.get(typed["commune"])
        options = [known] if known else find_communes(place)
        communes[place] = options[0].code if len(options) == 1 and not options[0].former else ""
    if not communes[place]:
        raise ValueError(
            _("“%(place)s” is not one commune of today. Write its code, or commune and province.") % {"place": place}
        )
    is_leader = fold(typed["role"]) in LEADER_WORDS
    return ListedMember(
        commune_code=communes[place],
        team=nfc(typed["team"]).strip()[:120],
        village=nfc(typed["village"]).strip()[:80],
        full_name=nfc(typed["full_name"]).strip()[:120],
        phone=phone,
        role=TeamMember.Role.LEADER if is_leader else TeamMember.Role.MEMBER,
    )


@in_transaction
def load_team_list(*, members: Sequence[ListedMember], founded_date: date, operator: User, now: datetime) -> Loaded:
    """Found the teams that are missing, open the accounts that are missing, let everybody serve. Raises NotAllowed.

    Who serves in the team already stays as he is, so that the same list loaded twice changes nothing. A few queries
    for each five hundred rows.
    """
    require_operator(operator)
    teams, new_teams = _teams(members, founded_date)
    users, new_users = _users(members, now)
    serving = set(
        TeamMember.objects.filter(team__in={team.pk for team in teams.values()}, left_at=None).values_list(
            "team", "user"
        )
    )
    gone = {
        (member.team_id, member.user_id): member
        for member in TeamMember.objects.filter(team__in={team.pk for team in teams.values()}, left_at__isnull=False)
    }
    joining = [
        TeamMember(team=teams[_team_key(row)], user=users[row.phone], role=row.role, joined_at=now)
        for row in members
        if (teams[_team_key(row)].pk, users[row.phone].pk) not in serving
    ]
    back = [member for member in joining if (member.team_id, member.user_id) in gone]
    for member in back:
        before = gone[member.team_id, member.user_id]
        before.role, before.joined_at, before.left_at = member.role, now, None
    TeamMember.objects.bulk_update(
        [gone[member.team_id, member.user_id] for member in back], ["role", "joined_at", "left_at"], batch_size=CHUNK
    )
    fresh = [member for member in joining if (member.team_id, member.user_id) not in gone]
    TeamMember.objects.bulk_create(fresh, batch_size=CHUNK)
    _record(operator, now, new_teams, new_users, joining, gone)
    return Loaded(len(new_teams), len(new_users), len(joining))


def _team_key(row: ListedMember) -> tuple[str, str]:
    return row.commune_code, fold(row.team)


def _teams(
    rows: Sequence[ListedMember], founded_date: date
) -> tuple[dict[tuple[str, str], DigitalTeam], list[DigitalTeam]]:
    """Every row's team by commune and folded name, and those among them that did not exist."""
    codes = {row.commune_code for row in rows}
    standing = DigitalTeam.objects.filter(commune__in=codes, dissolved_date=None)
    teams = {(team.commune_id, fold(team.name)): team for team in standing}
    communes = Commune.objects.in_bulk(codes)
    missing: dict[tuple[str, str], DigitalTeam] = {}
    for row in rows:
        if _team_key(row) not in teams and _team_key(row) not in missing:
            missing[_team_key(row)] = DigitalTeam(
                name=row.team, commune=communes[row.commune_code], village_name=row.village, founded_date=founded_date
            )
    created = DigitalTeam.objects.bulk_create(missing.values(), batch_size=CHUNK)
    return {**teams, **missing}, created


def _users(rows: Sequence[ListedMember], now: datetime) -> tuple[dict[str, User], list[User]]:
    """Every row's person by phone, and those among them who had no account."""
    phones = sorted({row.phone for row in rows})
    known: dict[str, User] = {}
    for start in range(0, len(phones), CHUNK):
        known |= {user.phone: user for user in User.objects.filter(phone__in=phones[start : start + CHUNK])}
    missing: dict[str, User] = {}
    for row in rows:
        if row.phone not in known and row.phone not in missing:
            user = User(phone=row.phone, full_name=row.full_name, date_joined=now)
            user.set_unusable_password()
            missing[row.phone] = user
    return {**known, **missing}, User.objects.bulk_create(missing.values(), batch_size=CHUNK)


def _record(
    operator: User,
    now: datetime,
    teams: list[DigitalTeam],
    users: list[User],
    joining: list[TeamMember],
    gone: dict[tuple[int, int], TeamMember],
) -> None:
    """One audit row for each team, account and membership, as if it had been made by hand."""

    by: dict[str, Any] = {"now": now, "actor": operator}
    entries = [
        audit.entry(action="found_team", subject=team, team_id=team.pk, changes={"name": ["", team.name]}, **by)
        for team in teams
    ]
    entries += [audit.entry(action="open_account", subject=user, **by) for user in users]
    for member in joining:
        row = gone.get((member.team_id, member.user_id), member)
        changes = {"user": ["", str(row.user_id)], "role": ["", row.role]}
        entries.append(audit.entry(action="add_team_member", subject=row, team_id=row.team_id, changes=changes, **by))
    AuditEntry.objects.bulk_create(entries, batch_size=CHUNK)
