"""Oscar's catalogue fork: folder ``catalog``, label ``catalogue``."""

from oscar.apps.catalogue import apps


class CatalogueConfig(apps.CatalogueConfig):
    name = "catalog"

    def ready(self) -> None:
        """Oscar would load its browsing views here; the storefront has its own."""
        from oscar.apps.catalogue import receivers  # noqa: F401
