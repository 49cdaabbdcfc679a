"""Whoever has the link of an order reviews what it brought."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from tests.doors import LINK, Door


def received(cast: Any) -> dict[str, Any]:
    from households.access import Acting
    from shop.order.links import signature
    from tests.factories.orders import make_listing
    from tests.factories.voices import delivered

    now = timezone.now()
    line = delivered(make_listing(cast.household), cast.commune, Acting(cast.head, cast.household), now)
    number = line.order.number
    return {"number": number, "signature": signature(number, now), "line_pk": line.pk}


def received_order(cast: Any) -> dict[str, Any]:
    address = received(cast)
    del address["line_pk"]
    return address


DOORS = {
    "reviewing:order": Door(LINK, kwargs=received_order),
    "reviewing:write": Door(LINK, kwargs=received),
}
