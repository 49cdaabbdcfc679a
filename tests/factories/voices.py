"""What buyers say and ask, made through the same services as on the site."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from catalog.models import ListingQuestion, Product, Review
from catalog.questions.services import ask_question
from households.access import Acting
from households.models import Commune
from messaging.models import OutgoingMessage
from shop.order.models import Line
from shop.order.services import answer_household_order, mark_delivered, mark_sent
from shop.reviewing.services import write_review
from tests.factories.orders import make_tariff, place


def phone(number: int) -> str:
    """A phone of its own for each buyer."""
    return f"09876{number:05}"


def told(phone_number: str) -> str:
    """All that was written to this phone, sent or not."""
    return "\n".join(OutgoingMessage.objects.filter(phone=phone_number).values_list("text", flat=True))


def delivered(listing: Product, commune: Commune, acting: Acting, now: datetime, **changes: Any) -> Line:
    """A line of an order that the household accepted, sent and delivered, a day each."""
    make_tariff(now - timedelta(days=10))
    order = place((listing, 1), commune=commune, now=now - timedelta(days=3), **changes)
    part = order.household_orders.get()
    answer_household_order(household_order=part, acting=acting, accept=True, now=now - timedelta(days=2))
    mark_sent(household_order=part, acting=acting, now=now - timedelta(days=1))
    mark_delivered(household_order=part, acting=acting, now=now)
    line: Line = order.lines.select_related("product__household", "household_order__household", "order__user").get()
    return line


def reviewed(line: Line, now: datetime, *, stars: int = 5, text: str = "Chè thơm, gói kỹ.", **more: Any) -> Review:
    return write_review(line=line, stars=stars, text=text, now=now, **{"photos": (), "actor": None, **more})


def asked(
    listing: Product, asker: User, now: datetime, text: str = "Chè này hái vụ nào vậy nhà mình?"
) -> ListingQuestion:
    return ask_question(listing=listing, asker=asker, text=text, now=now)
