"""Something real for each part of an address of Wagtail's editor and of Django's admin."""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.urls import NoReverseMatch, reverse
from PIL import Image
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Site, Task, Workflow

from content.models import HomePage
from content.services import build_site
from messaging.models import OutgoingMessage
from messaging.services import send_message
from search.models import NeedRule, SynonymRule
from tests.cast import Cast


def picture() -> ContentFile[bytes]:
    written = io.BytesIO()
    Image.new("RGB", (10, 10)).save(written, "JPEG")
    return ContentFile(written.getvalue(), "anh.jpg")


def real_things(cast: Cast, now: datetime) -> dict[str, Any]:
    """By the name of the part, so that nobody is refused only because nothing is there."""
    build_site(now=now)
    home = HomePage.objects.get()
    image = get_image_model().objects.create(title="Ảnh", file=picture(), width=10, height=10)
    document = get_document_model().objects.create(title="Giấy", file=ContentFile(b"%PDF", "giay.pdf"))
    root = Collection.get_first_root_node()
    send_message(phone="+84912000001", text="Chào", key="a", now=now)
    synonym = SynonymRule.objects.create(said="chè", means="trà", updated_at=now)
    need = NeedRule.objects.create(said="uống nước", updated_at=now)
    return {
        "page_id": home.pk,
        "parent_page_id": home.pk,
        "page_to_move_id": home.pk,
        "destination_id": home.pk,
        "revision_id": home.save_revision().pk,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "image_id": image.pk,
        "document_id": document.pk,
        "doc_id": document.pk,
        "pk in wagtailimages_chooser": image.pk,
        "pk in wagtailadmin_api:images": image.pk,
        "pk in wagtaildocs_chooser": document.pk,
        "pk in wagtailadmin_api:documents": document.pk,
        "filter_spec": "original",
        "app_label": "wagtaildocs",
        "model_name": "document",
        "action": "delete",
        "content_type_app_name": "content",
        "content_type_model_name": "homepage",
        "action_name": "publish",
        "pk in wagtailadmin_collections": root.add_child(name="Ảnh của tổ").pk,
        "pk in wagtailadmin_workflows": Workflow.objects.create(name="Duyệt").pk,
        "task pk": Task.objects.create(name="Xem").pk,
        "redirect_id": Redirect.objects.create(old_path="/cu", redirect_link="/").pk,
        "app_name in wagtailsettings": "content",
        "model_name in wagtailsettings": "operatorfacts",
        "pk in wagtailsites": Site.objects.get().pk,
        "pk in wagtailusers_users": cast.stranger.pk,
        "pk in wagtailusers_groups": Group.objects.create(name="Nhóm").pk,
        "object_id of outgoingmessage": OutgoingMessage.objects.get(key="a").pk,
        "object_id of synonymrule": synonym.pk,
        "object_id of needrule": need.pk,
    }


def address(name: str, pattern: str, things: dict[str, Any]) -> str | None:
    parts = dict.fromkeys(re.findall(r"<(?:\w+:)?(\w+)>", pattern))
    space = name.rpartition(":")[0]
    kwargs = {}
    for part in parts:
        choices = [f"{part} in {space}", part]
        if "task" in name and part == "pk":
            choices = ["task pk"]
        if part == "object_id":
            choices = [f"object_id of {name.split('_')[1]}"] if "_" in name else []
        kwargs[part] = next((things[choice] for choice in choices if choice in things), 1)
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:  # of those that have no name, or lead to a name of another pattern
        return None
