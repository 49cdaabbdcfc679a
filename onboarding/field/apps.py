from __future__ import annotations

from django.apps import AppConfig


class FieldConfig(AppConfig):
    name = "onboarding.field"
    label = "field"

    def ready(self) -> None:
        from households.signals import account_closed
        from onboarding.field import receivers

        account_closed.connect(receivers.on_account_closed, dispatch_uid="field.account_closed")
