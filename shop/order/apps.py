"""Oscar's order fork: one order, one household order per seller."""

from django.utils.translation import gettext_lazy as _
from oscar.apps.order import apps


class OrderConfig(apps.OrderConfig):
    name = "shop.order"

    def ready(self) -> None:
        """Tell the account page where a person's orders are. Models are loaded only now."""
        super().ready()
        from accounts import workspaces
        from shop.order.access import answerable_households, orders_of_buyer

        workspaces.register(
            _("Household's orders"),
            "household_orders:list",
            lambda user, now: answerable_households(user, now).exists(),
        )
        workspaces.register(_("My orders"), "orders:mine", lambda user, now: orders_of_buyer(user).exists())
