from django.apps import AppConfig


class ShippingConfig(AppConfig):
    """Dated shipping tariffs. Not a fork: Oscar's own shipping app keeps the label "shipping"."""

    name = "shop.shipping"
    label = "tariffs"
