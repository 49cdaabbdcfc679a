from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContentConfig(AppConfig):
    name = "content"

    def ready(self) -> None:
        from accounts.workspaces import register
        from content import checks  # noqa: F401  # registers them
        from content.access import is_editor

        register(_("Pages of the site"), "wagtailadmin_home", lambda user, now: is_editor(user))
