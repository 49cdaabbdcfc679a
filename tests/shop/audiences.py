"""The doors of every room of the shop."""

from tests.doors import Door
from tests.shop.basket import audiences as basket
from tests.shop.order import audiences as order
from tests.shop.payment import audiences as payment

DOORS: dict[str, Door] = {**basket.DOORS, **order.DOORS, **payment.DOORS}
