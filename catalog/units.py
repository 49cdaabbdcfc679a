"""Sale units: what one priced thing is, always with grams or pieces said."""

from __future__ import annotations

import re
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.errors import DomainError
from core.text import words

MAX_GRAMS = 100_000
_GRAMS_IN = {"": 1, "g": 1, "gr": 1, "gam": 1, "gram": 1, "lạng": 100, "lang": 100}
_GRAMS_IN |= dict.fromkeys(("kg", "ký", "ky", "kí", "ki", "cân", "can", "kilo"), 1000)
UNIT_WORDS = frozenset(_GRAMS_IN) | frozenset(
    words("yến tạ tấn lít ml bó hộp túi hũ chai gói chục nải khay quả trái con cây củ giờ ngày tuần tháng năm độ")
)
"""Words that follow a number and say of what, in small letters."""
_WEIGHT = re.compile(r"(\d+(?:[.,]\d{3})*|\d+[.,]\d+)\s*([a-zà-ỹ]*)")


class SaleUnit(models.TextChoices):
    """``CHUC`` is a dozen-like count that differs by place (10, 12, 14, 16): its pieces are always said."""

    KILOGRAM = "kg", _("kg")
    BUNCH = "bunch", _("bunch")
    BOX = "box", _("box")
    BAG = "bag", _("bag")
    JAR = "jar", _("jar")
    BOTTLE = "bottle", _("bottle")
    PACK = "pack", _("pack")
    PIECE = "piece", _("piece")
    CHUC = "chuc", _("chục")
    HAND = "hand", _("hand (of bananas)")
    TRAY = "tray", _("tray")


class BadWeight(DomainError):
    code = "bad_weight"


def parse_grams(text: str, *, most: int = MAX_GRAMS) -> int:
    """Whole grams from "500", "500 g", "1,5 kg", "3 lạng"; from 1 to ``most``. Raises BadWeight.

    Three digits after a point group thousands, as Vietnam writes them: "1.500 g" is one and a half kilograms. After a
    comma they do so for grams alone: "1,375 kg" is how ``show_grams`` writes 1375 g.
    """
    match = _WEIGHT.fullmatch(text.strip().lower())
    if not match or match[2] not in _GRAMS_IN:
        raise BadWeight(_("Write the weight with its unit, for example 500 g or 1,5 kg."))
    number, unit = match[1], _GRAMS_IN[match[2]]
    grouped = re.fullmatch(r"\d{1,3}([.,]\d{3})+" if unit == 1 else r"\d{1,3}(\.\d{3})+", number)
    amount = Decimal(re.sub(r"[.,]", "", number) if grouped else number.replace(",", "."))
    grams = int(amount * unit)
    if grams != amount * unit or not 1 <= grams <= most:
        raise BadWeight(_("The weight must be from 1 g to %(most)s.") % {"most": show_grams(most)})
    return grams


def show_grams(grams: int) -> str:
    """500 as "500 g", 1500 as "1,5 kg", with a no-break space."""
    if grams < 1000:
        return f"{grams}\u00a0g"
    return f"{grams / 1000:.3f}".rstrip("0").rstrip(".").replace(".", ",") + "\u00a0kg"


def show_unit(unit: str, pieces: int | None, net_weight_g: int | None) -> str:
    """What the price is for, said in full: "kg", "bó (300 g)", "chục (12 quả)"."""
    name = str(SaleUnit(unit).label)
    if unit == SaleUnit.KILOGRAM:
        return name
    said = []
    if pieces and unit != SaleUnit.PIECE:
        said.append(ngettext("%(count)s piece", "%(count)s pieces", pieces) % {"count": pieces})
    if net_weight_g:
        said.append(show_grams(net_weight_g))
    return f"{name} ({', '.join(said)})" if said else name


def price_per_kilogram(price: int, unit: str, net_weight_g: int | None) -> int | None:
    """Whole dong for a kilogram, to compare unlike packs; None for the unit kg itself or an unknown weight."""
    if unit == SaleUnit.KILOGRAM or not net_weight_g:
        return None
    return round(price * 1000 / net_weight_g)
