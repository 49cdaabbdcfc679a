from django.apps import AppConfig


class HouseholdsConfig(AppConfig):
    name = "households"

    def ready(self) -> None:
        """Tell the account page what people are in households, teams and offices."""
        from households.roles import roles_in_words
        from marketplace.accounts.workspaces import register_roles

        register_roles(roles_in_words)
