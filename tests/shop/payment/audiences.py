"""Whom the payment pages are for: whoever has the order's link, and Stripe with its signature."""

from __future__ import annotations

import uuid
from typing import Any

from tests.doors import LINK, PUBLIC, Door
from tests.shop.order.audiences import link


def _charge(cast: Any) -> dict[str, Any]:
    from shop.payment.models import PretendCharge

    reference = uuid.uuid4()
    PretendCharge.objects.create(key=str(reference), reference=reference, amount=1000, return_url="/don-hang/")
    return {"reference": reference}


DOORS = {
    "payments:pay": Door(LINK, kwargs=link),
    "payments:back": Door(LINK, kwargs=link),
    "payments:give_up": Door(LINK, kwargs=link, method="post"),
    "payments:cash": Door(LINK, kwargs=link, method="post"),
    "payments:pretend": Door(LINK, kwargs=_charge),
    "payments:stripe": Door(PUBLIC, untried="only Stripe can sign a notice; tests/shop/payment tries others"),
}
