"""Our differences on Oscar's order, its lines and its address."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from oscar.apps.address.abstract_models import AbstractShippingAddress
from oscar.apps.order.abstract_models import AbstractLine, AbstractOrder

from catalog.units import SaleUnit, show_unit
from households.places.names import full_name


class ShippingAddress(AbstractShippingAddress):
    """Two levels since 1 July 2025: the commune says the province. ``first_name`` holds the full name."""

    commune = models.ForeignKey("households.Commune", models.PROTECT, related_name="+", verbose_name=_("commune"))
    village_name = models.CharField(_("village, street"), max_length=160, blank=True)

    @property
    def area(self) -> str:
        """ "Phường Tân Định, Thành phố Hồ Chí Minh": a commune's name alone may be another commune's too."""
        return f"{full_name(self.commune)}, {full_name(self.commune.province)}"

    @property
    def place(self) -> str:
        return f"{self.line1}, {self.area}" if self.line1 else self.area


class Order(AbstractOrder):
    """``placement_key`` is made with the checkout page: sent twice, it places one order.

    ``phone_is_proven`` says whether the buyer had shown to hold the phone when the order was placed.
    """

    placement_key = models.UUIDField(unique=True)
    buyer_phone = models.CharField(_("buyer's phone"), max_length=16, db_index=True)
    phone_is_proven = models.BooleanField(default=False)

    @property
    def total(self) -> int:
        """Whole dong for goods and shipping, as placed."""
        return int(self.total_incl_tax)


class Line(AbstractLine):
    """The sale unit is frozen with the price: a listing may be sold by another measure tomorrow."""

    household_order = models.ForeignKey("order.HouseholdOrder", models.CASCADE, related_name="lines")
    sale_unit = models.CharField(_("sold by"), max_length=8, choices=SaleUnit.choices)
    pieces = models.PositiveIntegerField(_("pieces in one sale unit"), null=True)
    net_weight_g = models.PositiveIntegerField(_("grams in one sale unit"), null=True)

    @property
    def unit(self) -> str:
        """What was sold as one: "túi (500 g)"."""
        return show_unit(self.sale_unit, self.pieces, self.net_weight_g)

    @property
    def amount(self) -> int:
        """Whole dong for the line."""
        return int(self.line_price_incl_tax)
