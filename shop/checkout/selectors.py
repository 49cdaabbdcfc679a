"""What is known of a buyer before they type."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.phones import show_phone
from core.periods import vietnam_date
from households.models import Commune
from households.places.names import full_name
from households.places.successors import commune_of_today
from shop.order.models import Order

MAX_ORDERS_READ = 50
MAX_RECIPIENTS = 6


@dataclass(frozen=True, slots=True)
class KnownRecipient:
    """Somebody to whom the buyer had goods sent: an entry of the address book, which is read from the orders.

    ``key`` is the number of the latest such order. ``commune`` is today's: a merged one is lifted. It is None where the
    commune ended and was divided; ``ended`` then says what it was called, and the buyer chooses anew.
    """

    key: str
    phone: str
    name: str
    address: str
    commune: Commune | None
    ended: str

    @property
    def initial(self) -> dict[str, Any]:
        """What the form of checkout begins with."""
        commune = self.commune or self.ended
        return {"phone": self.phone, "name": self.name, "commune": commune, "address": self.address}

    @property
    def label(self) -> str:
        place = full_name(self.commune) if self.commune else self.ended
        return ", ".join(part for part in (self.name, self.address, place) if part)


def own_contact(user: Any) -> dict[str, Any]:
    """Phone and name of who is signed in; nothing for a guest."""
    return {"phone": show_phone(user.phone), "name": user.full_name} if user.is_authenticated else {}


def known_recipients(user: User, now: datetime) -> list[KnownRecipient]:
    """The address book of who is signed in, the latest used first: the different recipients of the latest orders."""
    orders = Order.objects.filter(user=user).select_related("shipping_address__commune__province")
    found: dict[tuple[str, str, str, str], KnownRecipient] = {}
    today = vietnam_date(now)
    for order in orders.order_by("-date_placed", "-pk")[:MAX_ORDERS_READ]:
        address = order.shipping_address
        if address is None:
            continue
        same = (order.buyer_phone, address.first_name, address.commune_id, address.line1)
        if same in found or len(found) == MAX_RECIPIENTS:
            continue
        commune = commune_of_today(address.commune, today)
        found[same] = KnownRecipient(
            key=order.number,
            phone=show_phone(order.buyer_phone),
            name=address.first_name,
            address=address.line1,
            commune=commune,
            ended="" if commune else full_name(address.commune),
        )
    return list(found.values())
