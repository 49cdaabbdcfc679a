"""What can be done with an order."""

from shop.order.services.answers import (
    answer_household_order,
    cancel_household_order,
    mark_delivered,
    mark_returned,
    mark_sent,
    remind_of_answer,
)
from shop.order.services.errors import (
    LineProblem,
    LinesRefused,
    NameMissing,
    NothingToOrder,
    ReasonMissing,
    StepNotAllowed,
    TotalChanged,
)
from shop.order.services.payments import give_up_unpaid, pay_cash_instead, record_card_payment, record_refund
from shop.order.services.placement import place_order
from shop.order.services.wanted import WantedLine, find_problem

__all__ = [
    "LineProblem",
    "LinesRefused",
    "NameMissing",
    "NothingToOrder",
    "ReasonMissing",
    "StepNotAllowed",
    "TotalChanged",
    "WantedLine",
    "answer_household_order",
    "cancel_household_order",
    "find_problem",
    "give_up_unpaid",
    "mark_delivered",
    "mark_returned",
    "mark_sent",
    "pay_cash_instead",
    "place_order",
    "record_card_payment",
    "record_refund",
    "remind_of_answer",
]
