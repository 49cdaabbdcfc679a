"""Oscar's order fork: one order, one household order per seller."""

from django.utils.translation import gettext_lazy as _
from oscar.apps.order import apps


class OrderConfig(apps.OrderConfig):
    name = "shop.order"

    def ready(self) -> None:
        """Tell the account page where a person's orders are. Models are loaded only now."""
        super().ready()
        from accounts import workspaces
        from households.access import households_to_act_for
        from households.models import Scope
        from shop.order.access import orders_of_buyer
        from shop.order.selectors import latest_orders

        workspaces.register(
            _("Household's orders"),
            "household_orders:list",
            lambda user, now: households_to_act_for(user, Scope.ORDERS, now).exists(),
        )
        workspaces.register_section("orders/latest.html", latest_orders)
        workspaces.register(_("My orders"), "orders:mine", lambda user, now: orders_of_buyer(user).exists())
