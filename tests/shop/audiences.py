"""The doors of every room of the shop."""

from tests.doors import Door
from tests.shop.basket import audiences as basket
from tests.shop.listing import audiences as listing
from tests.shop.order import audiences as order
from tests.shop.payment import audiences as payment
from tests.shop.storefront import audiences as storefront

DOORS: dict[str, Door] = {**basket.DOORS, **listing.DOORS, **order.DOORS, **payment.DOORS, **storefront.DOORS}
