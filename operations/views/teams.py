"""Community digital teams: founded, staffed, dissolved."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.guards import operator_required, user_of
from core.errors import DomainError
from core.forms import show_refusal
from core.paging import page_of
from households.models import DigitalTeam, TeamMember
from households.services.teams import (
    add_team_member,
    change_team_role,
    dissolve_team,
    end_team_membership,
    found_team,
)
from operations.forms import MemberForm, TeamForm
from operations.selectors import members_of_team, teams_found


@operator_required
@require_safe
def list_teams(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("tim", "")[:100]
    page = page_of(request, teams_found(words, timezone.now()))
    return render(request, "operations/teams.html", {"page_obj": page, "words": words})


@operator_required
@require_http_methods(["GET", "POST"])
def add_team(request: HttpRequest) -> HttpResponse:
    form = TeamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            team = found_team(**form.cleaned_data, operator=user_of(request), now=timezone.now())
            messages.success(request, _("The team is founded. Add its members now."))
            return redirect("operations:team", team.pk)
        except DomainError as refusal:
            show_refusal(form, refusal)
    status = 422 if request.method == "POST" else 200
    return render(request, "operations/add_team.html", {"form": form}, status=status)


@operator_required
@require_http_methods(["GET", "POST"])
def show_team(request: HttpRequest, pk: int) -> HttpResponse:
    """The team with its people; the form below adds one."""
    team = get_object_or_404(DigitalTeam.objects.select_related("commune__province"), pk=pk)
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_team_member(team=team, **form.cleaned_data, operator=user_of(request), now=timezone.now())
            messages.success(request, _("The person serves in the team from now on."))
            return redirect("operations:team", pk)
        except DomainError as refusal:
            show_refusal(form, refusal)
    status = 422 if request.method == "POST" else 200
    shown = {"team": team, "members": members_of_team(team), "form": form, "roles": TeamMember.Role}
    return render(request, "operations/team.html", shown, status=status)


@operator_required
@require_http_methods(["GET", "POST"])
def dissolve(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked once more before it happens: the mandates that the team was given end with it."""
    team = get_object_or_404(DigitalTeam.objects.select_related("commune__province"), pk=pk)
    if request.method == "POST":
        dissolve_team(team=team, operator=user_of(request), now=timezone.now())
        messages.success(request, _("The team is dissolved, and the mandates it was given have ended."))
        return redirect("operations:team", pk)
    return render(request, "operations/dissolve_team.html", {"team": team})


@operator_required
@require_POST
def change_member(request: HttpRequest, pk: int, member_pk: int, deed: str) -> HttpResponse:
    """``deed`` says what shall be, not "the other": thoi, to-truong, thanh-vien."""
    member = get_object_or_404(TeamMember, pk=member_pk, team_id=pk)
    operator, now = user_of(request), timezone.now()
    if deed == "thoi":
        end_team_membership(member=member, operator=operator, now=now)
    elif deed in ("to-truong", "thanh-vien"):
        role = TeamMember.Role.LEADER if deed == "to-truong" else TeamMember.Role.MEMBER
        change_team_role(member=member, role=role, operator=operator, now=now)
    else:
        raise Http404
    messages.success(request, _("Done."))
    return redirect("operations:team", pk)
