"""Oscar's order fork: one order, one household order per seller."""

from oscar.apps.order import apps


class OrderConfig(apps.OrderConfig):
    name = "shop.order"
