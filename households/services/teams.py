"""Community digital teams and who serves in them: founded, staffed and dissolved by operators."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from accounts.access import require_operator
from accounts.models import User
from accounts.services import ensure_account
from core import audit
from core.errors import DomainError
from core.locks import lock_row, lock_rows
from core.periods import vietnam_date
from core.text import nfc
from core.transactions import in_transaction
from households.models import Commune, DigitalTeam, TeamMember
from households.places.villages import known_spelling


class TeamRefused(DomainError):
    """A team or a membership cannot be as asked; the message says what to change."""

    code = "team_refused"


@in_transaction
def found_team(
    *, name: str, commune: Commune, village_name: str, founded_date: date, operator: User, now: datetime
) -> DigitalTeam:
    """A team of a village, or of the whole commune where ``village_name`` is empty. Raises NotAllowed, TeamRefused."""
    require_operator(operator)
    name = nfc(name).strip()
    village = known_spelling(commune=commune, village_name=village_name) if village_name.strip() else ""
    if founded_date > vietnam_date(now):
        raise TeamRefused(_("Write a day that has come: the team is founded by a decision."), field="founded_date")
    if DigitalTeam.objects.filter(commune=commune, name=name, dissolved_date=None).exists():
        raise TeamRefused(_("The commune has a team of this name. Give this one another name."), field="name")
    team = DigitalTeam.objects.create(name=name, commune=commune, village_name=village, founded_date=founded_date)
    changes = {"name": ["", name], "commune": ["", commune.pk], "village_name": ["", village]}
    audit.record(action="found_team", subject=team, now=now, actor=operator, team_id=team.pk, changes=changes)
    return team


@in_transaction
def dissolve_team(*, team: DigitalTeam, operator: User, now: datetime) -> DigitalTeam:
    """The team ends today: nobody acts through it any more, and the mandates it was given end, also those that wait.

    Raises NotAllowed.
    """
    require_operator(operator)
    team = lock_row(DigitalTeam.objects.all(), pk=team.pk)
    if team.dissolved_date is None:
        team.dissolved_date = vietnam_date(now)
        team.save(update_fields=["dissolved_date"])
        audit.record(action="dissolve_team", subject=team, now=now, actor=operator, team_id=team.pk)
        standing = team.mandates.filter(withdrawn_at=None, expires_at__gt=now)
        for mandate in lock_rows(standing.select_related("household")):
            mandate.withdrawn_at = now
            mandate.save(update_fields=["withdrawn_at"])
            audit.record(
                action="withdraw_mandate",
                subject=mandate,
                now=now,
                actor=operator,
                household_code=mandate.household.code,
                changes={"reason": ["", "team dissolved"]},
            )
    return team


@in_transaction
def add_team_member(
    *, team: DigitalTeam, phone: str, full_name: str, role: TeamMember.Role, operator: User, now: datetime
) -> TeamMember:
    """A person joins the team; who has no account gets one. ``phone`` is in E.164. Raises NotAllowed, TeamRefused.

    Who left before and comes back is one row again, from now on; the audit rows keep when it was before.
    """
    require_operator(operator)
    if team.dissolved_date is not None:
        raise TeamRefused(_("This team is dissolved. Choose another, or found it anew."), field="phone")
    user = ensure_account(phone=phone, now=now, full_name=nfc(full_name).strip(), actor=operator)
    known, is_new = TeamMember.objects.get_or_create(team=team, user=user, defaults={"role": role, "joined_at": now})
    member = known if is_new else lock_row(TeamMember.objects.all(), pk=known.pk)
    if not is_new and member.left_at is None:
        raise TeamRefused(_("This person serves in the team already."), field="phone")
    if not is_new:
        member.role, member.joined_at, member.left_at = role, now, None
        member.save(update_fields=["role", "joined_at", "left_at"])
    _record("add_team_member", member, operator, now, {"role": ["", role]})
    return member


@in_transaction
def change_team_role(*, member: TeamMember, role: TeamMember.Role, operator: User, now: datetime) -> TeamMember:
    """Raises NotAllowed."""
    require_operator(operator)
    member = lock_row(TeamMember.objects.all(), pk=member.pk)
    if member.role != role:
        before, member.role = member.role, role
        member.save(update_fields=["role"])
        _record("change_team_role", member, operator, now, {"role": [before, role]})
    return member


@in_transaction
def end_team_membership(*, member: TeamMember, operator: User, now: datetime) -> TeamMember:
    """From now on the person sees and does nothing through this team. Raises NotAllowed."""
    require_operator(operator)
    member = lock_row(TeamMember.objects.all(), pk=member.pk)
    if member.left_at is None:
        member.left_at = now
        member.save(update_fields=["left_at"])
        _record("end_team_membership", member, operator, now, {"role": [member.role, ""]})
    return member


def _record(action: str, member: TeamMember, operator: User, now: datetime, changes: dict[str, list[str]]) -> None:
    audit.record(
        action=action,
        subject=member,
        now=now,
        actor=operator,
        team_id=member.team_id,
        changes={"user": ["", str(member.user_id)], **changes},
    )
