"""The doors of every room of the shop."""

from tests.doors import Door
from tests.shop.storefront import audiences as storefront

DOORS: dict[str, Door] = {**storefront.DOORS}
