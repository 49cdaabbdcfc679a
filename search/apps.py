"""Oscar's search fork: the label stays, the engine is ours."""

from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _
from oscar.apps.search import apps


class SearchConfig(apps.SearchConfig):
    name = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Oscar would load its Haystack view here; ours are plain Django views."""
        from accounts.access import is_operator
        from accounts.workspaces import register, register_notices
        from search import admin, checks  # noqa: F401  # registers them
        from search.receivers import grant_search_rules_to_operators
        from search.selectors import notices_for

        post_migrate.connect(grant_search_rules_to_operators, sender=self)
        register(_("Regional names"), "admin:search_synonymrule_changelist", lambda user, now: is_operator(user))
        register(_("Needs of buyers"), "admin:search_needrule_changelist", lambda user, now: is_operator(user))
        register(_("How the search is doing"), "search:state", lambda user, now: is_operator(user))
        register_notices(notices_for)
