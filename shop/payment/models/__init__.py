"""What is owed and what came in; and the books of the pretend card service."""

from shop.payment.models.payment import (
    Payment,
    PaymentAttempt,
    PaymentMethod,
    PaymentMovement,
    PaymentState,
    RefundAttempt,
)
from shop.payment.models.pretend import PretendCharge, PretendRefund

__all__ = [
    "Payment",
    "PaymentAttempt",
    "PaymentMethod",
    "PaymentMovement",
    "PaymentState",
    "PretendCharge",
    "PretendRefund",
    "RefundAttempt",
]
