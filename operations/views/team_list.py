"""All teams and members of a province from one spreadsheet: loaded whole, or sent back with what to mend."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.guards import operator_required, user_of
from core.spreadsheets import BadSpreadsheet
from households.services.team_lists import MAX_PROBLEMS, load_team_list, read_team_list
from operations.forms import TeamListForm


@operator_required
@require_http_methods(["GET", "POST"])
def load_list(request: HttpRequest) -> HttpResponse:
    form = TeamListForm(request.POST or None, request.FILES or None)
    shown: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            read = read_team_list(form.cleaned_data["file"])
        except BadSpreadsheet as refusal:
            form.add_error("file", str(refusal))
        else:
            if not read.problems:
                loaded = load_team_list(
                    members=read.members,
                    founded_date=form.cleaned_data["founded_date"],
                    operator=user_of(request),
                    now=timezone.now(),
                )
                words = _(
                    "%(rows)s rows read: %(teams)s new teams, %(people)s new accounts, %(members)s people joined."
                )
                counts = {"teams": loaded.teams, "people": loaded.people, "members": loaded.members}
                messages.success(request, words % {"rows": len(read.members), **counts})
                return redirect("operations:teams")
            shown |= {"problems": read.problems[:MAX_PROBLEMS], "problem_count": len(read.problems)}
    return render(request, "operations/team_list.html", shown, status=422 if request.method == "POST" else 200)
