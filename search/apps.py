"""Oscar's search fork: the label stays, the engine is ours."""

from oscar.apps.search import apps


class SearchConfig(apps.SearchConfig):
    name = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Oscar would load its Haystack view here; ours are plain Django views."""
        from search import checks, receivers  # noqa: F401  # connects them
