"""Whom the basket and the checkout are for: everybody."""

from __future__ import annotations

from typing import Any

from tests.doors import LINK, PUBLIC, Door
from tests.shop.order.audiences import link


def _on_sale(cast: Any) -> dict[str, int]:
    from tests.factories.orders import make_listing

    return {"pk": make_listing(cast.household).pk}


DOORS = {
    "basket:summary": Door(PUBLIC),
    "basket:add": Door(PUBLIC, kwargs=_on_sale, method="post", data={"quantity": "1"}),
    "basket:change": Door(PUBLIC, kwargs=_on_sale, method="post", data={"quantity": "1"}),
    "basket:again": Door(LINK, kwargs=link, method="post"),
    "basket:remove": Door(PUBLIC, kwargs=_on_sale, method="post"),
    "checkout:order": Door(PUBLIC),
}
