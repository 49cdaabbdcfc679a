from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from allauth.account.signals import authentication_step_completed
        from allauth.mfa.signals import authentication_failed
        from django.contrib.auth.signals import user_logged_out

        from accounts.access import is_operator
        from accounts.notices import undelivered_notices
        from accounts.receivers import (
            grant_outbox_to_operators,
            mark_signed_out,
            record_confirmed_identity,
            record_wrong_second_factor,
        )
        from accounts.workspaces import register, register_notices, register_roles

        register_roles(lambda user, now: [_("operator")] if is_operator(user) else [])
        register(_("Messages"), "admin:messaging_outgoingmessage_changelist", lambda user, now: is_operator(user))
        register_notices(undelivered_notices)
        post_migrate.connect(grant_outbox_to_operators, sender=apps.get_app_config("messaging"))
        authentication_failed.connect(record_wrong_second_factor)
        authentication_step_completed.connect(record_confirmed_identity)
        user_logged_out.connect(mark_signed_out)
