"""The doors of every room of the shop."""

from tests.doors import Door
from tests.sent import WORDS, Sent, everybodys
from tests.shop.basket import audiences as basket
from tests.shop.order import audiences as order
from tests.shop.payment import audiences as payment
from tests.shop.reviewing import audiences as reviewing
from tests.shop.wishes import audiences as wishes

DOORS: dict[str, Door] = {**basket.DOORS, **order.DOORS, **payment.DOORS, **reviewing.DOORS, **wishes.DOORS}
ORDER_LISTS = ("household_orders:list",)
SENT = {
    **order.SENT,
    **dict.fromkeys(
        (
            "next",
            "quantity",
            "step",
            "nhom",
            "answer",
            "payment_method",
            "expected_total",
            "code",
            "sure",
            "why",
            "words",
        ),
        WORDS,
    ),
    **dict.fromkeys(("kind", "text"), WORDS),
    "dia-chi": everybodys("looked for among the orders of who is signed in alone"),
    "placement_key": everybodys(
        "made with the page, of 122 random bits: who has it has seen the page that placed the order"
    ),
    "ho": Sent("a household whose orders one may answer", of=lambda cast: cast.household.code, routes=ORDER_LISTS),
    "phone": everybodys("whoever orders may type any; the code of a cash order proves it"),
    "commune": everybodys("communes are public"),
    **dict.fromkeys(("q", "tinh"), everybodys("names of places are public")),
    "*": everybodys("shop/checkout/views.py carries payment_method and placement_key on"),
}
