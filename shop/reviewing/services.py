"""Whoever bought writes a review; whoever sells, or helps to sell, does not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models import Photo, Product, Review
from catalog.reviews.services import Bought, record_review
from core.errors import DomainError
from core.transactions import in_transaction
from households.access import NotAllowed, is_party
from shop.order.models import Line
from shop.reviewing.selectors import delivered_lines, received_date


class NotBought(DomainError):
    """Nothing of this was delivered to this buyer."""

    code = "not_bought"


def require_reviewer(*, line: Line, actor: User | None, now: datetime) -> Product:
    """The listing that may be reviewed.

    Raises NotBought for what was not delivered, NotAllowed for the household's own people and its volunteers.
    """
    listing = line.product
    if listing is None or not delivered_lines(line.order).filter(pk=line.pk).exists():
        raise NotBought(_("Only who received the goods reviews them. Come back when they have arrived."))
    phones = {line.order.buyer_phone, line.order.user.phone if line.order.user else "", actor.phone if actor else ""}
    household = line.household_order.household
    if is_party(phones, household, now):
        raise NotAllowed(_("You sell these goods or help to sell them: a review must come from somebody else."))
    return listing


@in_transaction
def write_review(
    *, line: Line, stars: int, text: str, photos: Sequence[Photo], actor: User | None, now: datetime
) -> Review:
    """The review of a delivered line's listing by the buyer of its order; written again, it is changed.

    ``actor`` is who is signed in, if anybody is. Raises NotBought, NotAllowed, WordsRefused, ReviewClosed.
    """
    listing = require_reviewer(line=line, actor=actor, now=now)
    address = line.order.shipping_address
    bought = Bought(
        listing=listing,
        buyer_phone=line.order.buyer_phone,
        buyer_name=address.first_name if address else "",
        received_date=received_date(line),
    )
    return record_review(bought=bought, stars=stars, text=text, photos=photos, actor=actor, now=now)
