from django.apps import AppConfig
from django.db.models.signals import post_migrate


class OnboardingConfig(AppConfig):
    name = "onboarding"

    def ready(self) -> None:
        from catalog.signals import listing_changed
        from onboarding import receivers

        listing_changed.connect(receivers.on_listing_changed, dispatch_uid="onboarding.first_listing")
        post_migrate.connect(receivers.on_migrated, sender=self, dispatch_uid="onboarding.consent_texts")
