"""The doors of listings, certificates and storefronts."""

from tests.catalog.certificates import audiences as certificates
from tests.catalog.listing import audiences as listing
from tests.catalog.storefront import audiences as storefront
from tests.doors import Door

DOORS: dict[str, Door] = {**certificates.DOORS, **listing.DOORS, **storefront.DOORS}
SENT = {**certificates.SENT, **listing.SENT}
