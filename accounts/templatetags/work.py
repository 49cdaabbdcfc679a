"""``{% work_crumbs %}``: the first steps of the breadcrumbs of a list that households and teams share."""

from __future__ import annotations

from django.template import Context, Library
from django.utils import timezone

from accounts.guards import user_of
from accounts.workspaces import Workspace, starts_for

register = Library()


@register.inclusion_tag("accounts/work_crumbs.html", takes_context=True)
def work_crumbs(context: Context) -> dict[str, list[Workspace]]:
    """Where the signed-in person's work begins."""
    return {"starts": starts_for(user_of(context["request"]), timezone.now())}
