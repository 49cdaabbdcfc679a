from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "messaging"

    def ready(self) -> None:
        from messaging import admin  # noqa: F401  # registers the outbox: nothing discovers it
