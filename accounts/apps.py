from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts.access import is_operator
        from accounts.workspaces import register_roles

        register_roles(lambda user, now: [_("operator")] if is_operator(user) else [])
