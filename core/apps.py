from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core import append_only

        append_only.register_triggers()
        post_migrate.connect(append_only.install_triggers, sender=self, dispatch_uid="append-only triggers")
