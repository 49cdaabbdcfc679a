from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    name = "operations"

    def ready(self) -> None:
        from accounts.access import is_operator
        from accounts.workspaces import register

        register(_("Operators' office"), "operations:start", lambda user, now: is_operator(user))
