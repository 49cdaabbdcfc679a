from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class OnboardingConfig(AppConfig):
    name = "onboarding"

    def ready(self) -> None:
        from accounts import workspaces
        from catalog.signals import listing_changed
        from households.signals import account_closed
        from onboarding import access, receivers

        listing_changed.connect(receivers.on_listing_changed, dispatch_uid="onboarding.first_listing")
        account_closed.connect(receivers.on_account_closed, dispatch_uid="onboarding.account_closed")
        workspaces.register(_("My household"), "onboarding:household_home", access.has_household, is_start=True)
        workspaces.register(_("Sell at Chợ Nhà Nông"), "onboarding:register", access.may_register)
        workspaces.register(_("My team"), "onboarding:team_home", access.has_team, is_start=True)
        post_migrate.connect(receivers.on_migrated, sender=self, dispatch_uid="onboarding.consent_texts")
