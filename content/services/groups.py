"""Who edits pages: the editors, and operators, who may do all that editors may."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from accounts.models import OPERATORS_GROUP
from content.access import EDITORS_GROUP

ON_PAGES = ("add_page", "change_page", "publish_page")
APPROVAL = "Duyệt trang"
"""The one way of approval and its one step, as editors read them: whoever may publish approves what another sent in."""
ON_FILES = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")


def allow_editing(home: Page) -> None:
    """Give both groups the editor and the tree below ``home``; what Wagtail ships for its own groups goes."""
    Group.objects.filter(name__in=("Editors", "Moderators")).exclude(name=EDITORS_GROUP).delete()
    files = Collection.get_first_root_node() or Collection.add_root(name="Root")
    groups = [Group.objects.get_or_create(name=name)[0] for name in (EDITORS_GROUP, OPERATORS_GROUP)]
    _let_approve(home, groups)
    for group in groups:
        group.permissions.add(_permission("wagtailadmin", "access_admin"))
        for codename in ON_PAGES:
            permission = _permission("wagtailcore", codename)
            GroupPagePermission.objects.get_or_create(group=group, page=home, permission=permission)
        for codename in ON_FILES:
            permission = _permission("wagtaildocs" if "document" in codename else "wagtailimages", codename)
            GroupCollectionPermission.objects.get_or_create(group=group, collection=files, permission=permission)


def _let_approve(home: Page, groups: list[Group]) -> None:
    """Give the step to both groups; Wagtail's own asks a group that is not there, so what is sent in would stay so."""
    names = (APPROVAL, "Moderators approval")
    step = GroupApprovalTask.objects.filter(name__in=names).first() or GroupApprovalTask()
    way = Workflow.objects.filter(name__in=names).first() or Workflow()
    for named in (step, way):
        named.name = APPROVAL
        named.save()
    step.groups.set(groups)
    WorkflowTask.objects.get_or_create(workflow=way, task=step)
    if not home.has_workflow:
        WorkflowPage.objects.create(page=home, workflow=way)


def _permission(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)
