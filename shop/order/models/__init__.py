"""Ours first, then everything of Oscar's that we did not replace."""

from shop.order.models.order import Line, Order, ShippingAddress  # isort: skip
from shop.order.models.household_order import HouseholdOrder, HouseholdOrderEvent, HouseholdOrderState  # isort: skip
from shop.order.models.problem import OrderProblem  # isort: skip
from oscar.apps.order.models import *  # type: ignore[assignment]  # Oscar defines each class only where we did not

__all__ = [
    "HouseholdOrder",
    "HouseholdOrderEvent",
    "HouseholdOrderState",
    "Line",
    "Order",
    "OrderProblem",
    "ShippingAddress",
]
