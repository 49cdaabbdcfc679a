from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """Ways to pay. Not a fork: Oscar's own payment app keeps the label "payment" and its tables."""

    name = "shop.payment"
    label = "payments"
