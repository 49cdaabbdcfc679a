"""What the page of living components shows in its cards, badges and price boards: sample goods, of no household."""

from __future__ import annotations

from typing import Any

from catalog.cards import ListingCard
from catalog.certificates.quality import QualityKind

TOKENS = (
    "com",
    "paper",
    "leaf",
    "leaf-soft",
    "turmeric",
    "turmeric-soft",
    "brick",
    "brick-soft",
    "indigo",
    "indigo-soft",
)


def components() -> dict[str, Any]:
    """The context of ``design.html``: the colour tokens, and a card for each state that a card can have."""
    kind = next(iter(QualityKind))
    return {
        "tokens": TOKENS,
        "cards": [
            _card(title="Chè Tân Cương móc câu", price=280_000, price_per_kg=560_000, stars=4),
            _card(title="Na dai La Hiên", price=55_000, unit="kg", price_per_kg=None, in_season=True),
            _card(title="Mật ong hoa nhãn", price=250_000, certificates=(kind,)),
            _card(title="Trà ướp sen La Bằng, hộp quà biếu có tên rất dài", price=520_000, in_stock=False),
        ],
        "months": [3, 4, 5, 9, 10],
    }


def _card(**said: Any) -> ListingCard:
    usual: dict[str, Any] = {
        "product_id": 0,
        "url": "#card",
        "unit": "gói 500 g",
        "price_per_kg": None,
        "in_stock": True,
        "in_season": False,
        "stars": 0,
        "certificates": (),
        "household_name": "Trà nhà Hoa",
        "household_url": "#card",
        "place": "Tân Cương, Thái Nguyên",
        "picture": None,
    }
    return ListingCard(**{**usual, **said})
