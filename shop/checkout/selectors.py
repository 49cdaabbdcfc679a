"""What is known of a buyer before they type."""

from __future__ import annotations

from typing import Any

from accounts.phones import show_phone
from shop.order.models import Order


def last_recipient(user: Any) -> dict[str, Any]:
    """To whom and where the signed-in person ordered last; nothing for a guest."""
    if not user.is_authenticated:
        return {}
    known: dict[str, Any] = {"phone": show_phone(user.phone), "name": user.full_name}
    order = Order.objects.filter(user=user).select_related("shipping_address__commune").first()
    if order and order.shipping_address:
        address = order.shipping_address
        known |= {
            "phone": show_phone(order.buyer_phone),
            "name": address.first_name,
            "commune": address.commune,
            "address": address.line1,
        }
    return known
