"""The doors of listing and storefront."""

from tests.catalog.listing import audiences as listing
from tests.catalog.storefront import audiences as storefront
from tests.doors import Door

DOORS: dict[str, Door] = {**listing.DOORS, **storefront.DOORS}
