"""The pages that the law asks for: added where they are missing, as drafts until the operator's facts are known."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from accounts.models import OPERATORS_GROUP
from content.models import HomePage, OperatorFacts, TrustPage
from content.services.texts import texts_of
from content.trust_links import forget_trust_links

FOLDER = "tin-cay"


@transaction.atomic
def build_trust_pages(*, now: datetime) -> int:
    """Add each page that is missing, below the home page, and return how many were added."""
    home = HomePage.objects.get()
    present = set(TrustPage.objects.values_list("kind", flat=True))
    missing = [text for text in texts_of(FOLDER) if text["kind"] not in present]
    for text in missing:
        page = TrustPage(**text)
        page.live = not page.missing_facts()
        page.has_unpublished_changes = not page.live
        page.first_published_at = page.last_published_at = now if page.live else None
        home.add_child(instance=page)
        page.save_revision(changed=False)
    operators, _made = Group.objects.get_or_create(name=OPERATORS_GROUP)
    operators.permissions.add(
        Permission.objects.get(content_type__app_label="content", codename=f"change_{OperatorFacts._meta.model_name}")
    )
    transaction.on_commit(forget_trust_links)
    return len(missing)


@transaction.atomic
def publish_trust_pages(*, now: datetime) -> int:
    """Publish the drafts that lack no fact; returns how many. An operator does the same, one by one, in the editor."""
    drafts = [page for page in TrustPage.objects.filter(live=False) if not page.missing_facts()]
    for page in drafts:
        page.save_revision(changed=False).publish()
    transaction.on_commit(forget_trust_links)
    return len(drafts)
