"""The indicators: what is counted, in which unit, and whether parts add up to the whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Indicator:
    """``adds_up`` says that the figures of areas sum to the figure of all; what it means is in definitions."""

    code: str
    name: Any
    unit: Any
    adds_up: bool = True
    is_money: bool = False


INDICATORS: dict[str, Indicator] = {
    row.code: row
    for row in (
        Indicator("accounts", _("Accounts"), _("households")),
        Indicator("active", _("Active accounts"), _("households")),
        Indicator("active_strict", _("Active accounts, strict: sold"), _("households")),
        Indicator("products", _("Products on sale"), _("products")),
        Indicator("sellers", _("Households with a product on sale"), _("households")),
        Indicator("transactions", _("Transactions"), _("orders"), adds_up=False),
        Indicator("value", _("Value of transactions"), _("dong"), is_money=True),
    )
}
