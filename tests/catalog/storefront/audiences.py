"""Whom the pages of what is on sale are for: everybody."""

from tests.doors import PUBLIC, Audience, Door
from tests.sent import WORDS

STOREFRONT = Audience("household or its team, for the storefront", ("head", "volunteer", "leader"))


def _on_sale(cast):
    from django.utils import timezone

    from households.access import Acting
    from tests.factories.catalog import listing

    return listing(Acting(cast.head, cast.household), timezone.now())


SENT = {"remove": WORDS}

DOORS = {
    "catalogue:detail": Door(
        PUBLIC, kwargs=lambda cast: {"product_slug": "che-tan-cuong-loai-mot", "pk": _on_sale(cast).pk}
    ),
    "storefront:pictures": Door(STOREFRONT, kwargs=lambda cast: {"code": cast.household.code}),
    "place:commune": Door(
        PUBLIC, kwargs=lambda cast: {"slug": cast.household.commune.slug, "code": cast.household.commune.code}
    ),
    "place:near": Door(PUBLIC, untried="leads on: to the place chooser or to a list"),
    "place:in_season": Door(PUBLIC, untried="leads on to the list of this month"),
    "storefront:household": Door(
        PUBLIC, kwargs=lambda cast: {"slug": cast.household.slug, "code": cast.household.code}
    ),
}
