from django.apps import AppConfig


class HouseholdsConfig(AppConfig):
    name = "households"

    def ready(self) -> None:
        """Tell the account page what people are in households, teams and offices."""
        from accounts.workspaces import register_roles
        from households.roles import roles_in_words

        register_roles(roles_in_words)
