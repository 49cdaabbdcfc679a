from django.apps import AppConfig


class WishesConfig(AppConfig):
    """Not a fork: Oscar's wish lists keep their label and their tables; ours are the alerts beside them."""

    name = "shop.wishes"
    label = "wishes"
    default_auto_field = "django.db.models.BigAutoField"
