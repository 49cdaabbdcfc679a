"""What an order costs its buyer, how it is paid and returned.

Stands above ``shop.order``: a payment has its order, an order knows no payment. Downward it calls: ``ask_households``
once an order is paid, ``end_unpaid`` when it is given up. Upward an order only tells, by ``household_orders_moved``
in the same transaction; ``shop.checkout`` stands above both, places the order and opens its payment.
"""

from django.apps import AppConfig


class PaymentConfig(AppConfig):
    """Not a fork: Oscar's own payment app keeps the label "payment" and its tables."""

    name = "shop.payment"
    label = "payments"

    def ready(self) -> None:
        from shop.order.signals import household_orders_moved
        from shop.payment.booking import follow_household_orders

        household_orders_moved.connect(follow_household_orders, dispatch_uid="payment-follows-household-orders")
