from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContentConfig(AppConfig):
    name = "content"

    def ready(self) -> None:
        from django.db.models.signals import post_save
        from wagtail.signals import page_published, page_unpublished

        from accounts.workspaces import register, register_notices
        from content import checks  # noqa: F401  # registers them
        from content.access import is_editor
        from content.models import OperatorFacts
        from content.notices import unfinished_pages
        from content.trust_links import forget_trust_links

        for signal in (page_published, page_unpublished):
            signal.connect(forget_trust_links, dispatch_uid="content.trust_links")
        post_save.connect(forget_trust_links, sender=OperatorFacts, dispatch_uid="content.trust_links")
        register_notices(unfinished_pages)

        register(_("Pages of the site"), "wagtailadmin_home", lambda user, now: is_editor(user))
