"""What operators should know of the pages that the law asks for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import is_operator
from accounts.models import User
from accounts.workspaces import Notice
from content.models import OperatorFacts
from content.trust_links import unfinished_trust_pages


def unfinished_pages(user: User, now: datetime) -> Iterator[Notice]:
    """One notice for all facts that are missing, and one for each page that could be published and is not."""
    if not is_operator(user):
        return
    pages = unfinished_trust_pages()
    missing = dict.fromkeys(name for _page, names in pages for name in names)
    if missing:
        words = _("Buyers cannot read %(pages)s: facts about the operator are missing (%(facts)s).") % {
            "pages": ", ".join(page.local_title for page, names in pages if names),
            "facts": ", ".join(OperatorFacts.label_of(name) for name in missing),
        }
        yield Notice(words, reverse("wagtailsettings:edit", args=["content", OperatorFacts._meta.model_name]))
    for page, names in pages:
        if not names:
            yield Notice(
                _("“%(page)s” is a draft: read it, then publish it.") % {"page": page.local_title},
                reverse("wagtailadmin_pages:edit", args=[page.pk]),
            )
