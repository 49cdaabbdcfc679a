"""The two shops: where their pages stand, and how a guest orders there."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bench.shop.visiting import Visitor, WayBroken

_numbers = itertools.count(1)
Listing = dict[str, Any]


@dataclass(frozen=True)
class Ours:
    """Ordered by card: cash asks for a code of the phone, a step that a stock shop has not. It ends at the payment."""

    goods: list[Listing]
    categories: list[Listing]
    commune: str
    name: str = "ours"

    def pages(self) -> dict[str, str]:
        branch, listing = self.categories[0], self.goods[0]
        return {
            "home": "/",
            "list of a category": f"/danh-muc/{branch['slug']}_{branch['pk']}/",
            "all goods": "/tim/",
            "all goods, page 20": "/tim/?page=20",
            "product": f"/san-pham/{listing['slug']}_{listing['pk']}/",
            "search": "/tim/?q=m%E1%BA%ADt+ong",
        }

    def add(self, visitor: Visitor, listing: Listing) -> None:
        visitor.get(f"/san-pham/{listing['slug']}_{listing['pk']}/")
        visitor.send(f"/gio-hang/them/{listing['pk']}/", {"quantity": "1"})

    def check_out(self, visitor: Visitor) -> None:
        number = next(_numbers)
        recipient = {
            "phone": f"09{80000000 + number:08}",
            "name": "Đỗ Thị Mua",
            "commune": self.commune,
            "address": "Số 5 ngõ Chợ",
        }
        visitor.get("/dat-hang/")
        visitor.send("/dat-hang/", recipient | {"step": "details"})
        visitor.send("/dat-hang/", {"step": "place", "payment_method": "card"})
        if "/thanh-toan/" not in visitor.path:
            raise WayBroken(f"no order: {visitor.path} {_words(visitor.text)}")


@dataclass(frozen=True)
class Stock:
    goods: list[Listing]
    categories: list[Listing]
    name: str = "stock"

    def pages(self) -> dict[str, str]:
        branch, listing = self.categories[0], self.goods[0]
        return {
            "home": "/catalogue/",  # to which its first address leads
            "list of a category": f"/catalogue/category/{branch['slug']}_1/",
            "all goods": "/catalogue/",
            "all goods, page 20": "/catalogue/?page=20",
            "product": f"/catalogue/{listing['slug']}_{listing['pk']}/",
            "search": "/search/?q=m%E1%BA%ADt+ong",
        }

    def add(self, visitor: Visitor, listing: Listing) -> None:
        visitor.get(f"/catalogue/{listing['slug']}_{listing['pk']}/")
        visitor.send(f"/basket/add/{listing['pk']}/", {"quantity": "1"})

    def check_out(self, visitor: Visitor) -> None:
        visitor.get("/checkout/")
        visitor.send("/checkout/", {"username": f"mua{next(_numbers)}@example.vn", "options": "anonymous"})
        recipient = {
            "first_name": "Mua",
            "last_name": "Đỗ Thị",
            "line1": "Số 5 ngõ Chợ",
            "line4": "Tân Cương",
            "postcode": "250000",
            "country": "VN",
        }
        visitor.send("/checkout/shipping-address/", recipient)
        visitor.get("/checkout/preview/")
        visitor.send("/checkout/preview/", {"action": "place_order"})
        if "thank-you" not in visitor.path:
            raise WayBroken(f"no order: {visitor.path} {_words(visitor.text)}")


def _words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())[-1500:]


def of_different_sellers(goods: Sequence[Listing], count: int) -> list[Listing]:
    """The first listing of each of so many sellers."""
    first: dict[str, Listing] = {}
    for listing in goods:
        first.setdefault(listing["seller"], listing)
    return list(first.values())[:count]
