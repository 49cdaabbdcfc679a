"""Who edits pages: the editors, and operators, who may do all that editors may."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from accounts.models import OPERATORS_GROUP
from content.access import EDITORS_GROUP

ON_PAGES = ("add_page", "change_page", "publish_page")
ON_FILES = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")


def allow_editing(home: Page) -> None:
    """Give both groups the editor and the tree below ``home``; what Wagtail ships for its own groups goes."""
    Group.objects.filter(name__in=("Editors", "Moderators")).exclude(name=EDITORS_GROUP).delete()
    files = Collection.get_first_root_node() or Collection.add_root(name="Root")
    for name in (EDITORS_GROUP, OPERATORS_GROUP):
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.add(_permission("wagtailadmin", "access_admin"))
        for codename in ON_PAGES:
            permission = _permission("wagtailcore", codename)
            GroupPagePermission.objects.get_or_create(group=group, page=home, permission=permission)
        for codename in ON_FILES:
            permission = _permission("wagtaildocs" if "document" in codename else "wagtailimages", codename)
            GroupCollectionPermission.objects.get_or_create(group=group, collection=files, permission=permission)


def _permission(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)
