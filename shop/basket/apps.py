from django.apps import AppConfig


class BasketConfig(AppConfig):
    """The basket's pages. Not a fork: Oscar's own basket app keeps the label "basket" and its tables."""

    name = "shop.basket"
    label = "store_basket"
