"""The life of a household order, declared once: what may follow what, and what each step does to the stock."""

from __future__ import annotations

from shop.order.models import HouseholdOrderState as State

FOLLOWS: dict[State, frozenset[State]] = {
    State.UNPAID: frozenset({State.NEW, State.CANCELLED, State.NOT_PAID}),
    State.NEW: frozenset({State.ACCEPTED, State.DECLINED, State.CANCELLED, State.UNANSWERED}),
    # A storm after the promise: the household may still decline, with a reason, until the parcel leaves.
    State.ACCEPTED: frozenset({State.SENT, State.DECLINED}),
    State.SENT: frozenset({State.DELIVERED, State.RETURNED}),
    State.DELIVERED: frozenset(),
    State.RETURNED: frozenset(),
    State.DECLINED: frozenset(),
    State.CANCELLED: frozenset(),
    State.UNANSWERED: frozenset(),
    State.NOT_PAID: frozenset(),
}
RELEASES_STOCK = frozenset({State.DECLINED, State.CANCELLED, State.UNANSWERED, State.NOT_PAID})
CONSUMES_STOCK = frozenset({State.SENT})
LOST = RELEASES_STOCK | {State.RETURNED}
# What is pressed by mistake, and cannot be pressed again: for a while it is taken back (shop/order/taking_back.py).
CAN_BE_TAKEN_BACK = frozenset({State.CANCELLED, State.DECLINED, State.DELIVERED, State.RETURNED})
OPEN = frozenset({State.NEW, State.ACCEPTED, State.SENT})
PROMISED = frozenset({State.ACCEPTED, State.SENT, State.DELIVERED})


def may_follow(state: str, target: State) -> bool:
    return target in FOLLOWS[State(state)]
