from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core import append_only, name_order

        connection_created.connect(name_order.add_collation, dispatch_uid="the order of names")
        append_only.register_triggers()
        post_migrate.connect(append_only.install_triggers, sender=self, dispatch_uid="append-only triggers")
