from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    name = "reporting"

    def ready(self) -> None:
        """Show the figures on the account page of those who read them."""
        from accounts.workspaces import register
        from reporting.access import readable_areas

        register(_("Figures"), "reporting:overview", lambda user, now: bool(readable_areas(user, now)))
