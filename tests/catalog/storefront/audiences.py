"""Whom the pages of what is on sale are for: everybody."""

from tests.doors import PUBLIC, Door


def _on_sale(cast):
    from django.utils import timezone

    from households.access import Acting
    from tests.factories.catalog import listing

    return listing(Acting(cast.head, cast.household), timezone.now())


DOORS = {
    "catalogue:detail": Door(
        PUBLIC, kwargs=lambda cast: {"product_slug": "che-tan-cuong-loai-mot", "pk": _on_sale(cast).pk}
    ),
    "storefront:household": Door(
        PUBLIC, kwargs=lambda cast: {"slug": cast.household.slug, "code": cast.household.code}
    ),
}
