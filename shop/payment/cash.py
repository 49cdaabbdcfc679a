"""Cash on delivery rests on the buyer's word: on which word goods are kept, and how many for a buyer unknown so far."""

from __future__ import annotations

from django.conf import settings
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.money import show_dong
from shop.order import states
from shop.order.models import HouseholdOrder, HouseholdOrderState, Line
from shop.payment.methods import offered_methods
from shop.payment.models import PaymentMethod


class PhoneNotProven(DomainError):
    """The phone is to be proven by a code first; nothing is kept before."""

    code = "phone_not_proven"
    field = "code"


class CashLimitExceeded(DomainError):
    """``context`` has total, in dong, and quantity: what would be under way in cash with this order."""

    code = "cash_limit_exceeded"
    field = "payment_method"


def require_cash_allowed(*, phone: str, phone_is_proven: bool, total: int, quantity: int) -> None:
    """Let an order of ``total`` dong and ``quantity`` sale units for ``phone`` (E.164) be paid on delivery.

    A buyer to whom something was delivered has shown that the word holds; for others all that is under way in cash
    counts together. Raises PhoneNotProven, CashLimitExceeded.
    """
    if not phone_is_proven:
        raise PhoneNotProven(_("To pay in cash, confirm your phone number with the code that we send you."))
    parts = HouseholdOrder.objects.filter(order__buyer_phone=phone)
    if parts.filter(state=HouseholdOrderState.DELIVERED).exists():
        return
    under_way = parts.filter(state__in=states.OPEN, order__payment__method=PaymentMethod.CASH_ON_DELIVERY)
    total += under_way.aggregate(dong=Sum(F("goods_total") + F("shipping_charge"), default=0))["dong"]
    quantity += Line.objects.filter(household_order__in=under_way).aggregate(count=Sum("quantity", default=0))["count"]
    if is_above_cash_limit(total, quantity):
        said = _(
            "Until a first order has reached you, you can have orders of up to %(limit)s and %(most)s pieces under way "
            "in cash; with this one it would be %(total)s and %(quantity)s pieces."
        )
        amounts = {"limit": show_dong(settings.CASH_LIMIT_DONG), "most": settings.CASH_LIMIT_QUANTITY}
        others = [
            PaymentMethod(name).label for name, _shown in offered_methods() if name != PaymentMethod.CASH_ON_DELIVERY
        ]
        advice = _("Order less, or pay in another way: %(methods)s.") if others else _("Order less.")
        raise CashLimitExceeded(
            f"{said} {advice}"
            % {**amounts, "total": show_dong(total), "quantity": quantity, "methods": ", ".join(map(str, others))},
            total=total,
            quantity=quantity,
        )


def is_above_cash_limit(total: int, quantity: int) -> bool:
    """Whether so much is more than a buyer without a delivered order may have under way in cash."""
    return total > settings.CASH_LIMIT_DONG or quantity > settings.CASH_LIMIT_QUANTITY
