"""The doors of listings, certificates, storefronts, and of what buyers say, ask and report."""

from tests.catalog.certificates import audiences as certificates
from tests.catalog.flags import audiences as flags
from tests.catalog.listing import audiences as listing
from tests.catalog.questions import audiences as questions
from tests.catalog.reviews import audiences as reviews
from tests.catalog.storefront import audiences as storefront
from tests.doors import Door

DOORS: dict[str, Door] = {
    **certificates.DOORS,
    **flags.DOORS,
    **listing.DOORS,
    **questions.DOORS,
    **reviews.DOORS,
    **storefront.DOORS,
}
SENT = {**certificates.SENT, **listing.SENT, **storefront.SENT}
