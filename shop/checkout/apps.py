from django.apps import AppConfig


class CheckoutConfig(AppConfig):
    """The one-page checkout. Not a fork: Oscar's own checkout app keeps the label "checkout"."""

    name = "shop.checkout"
    label = "store_checkout"
