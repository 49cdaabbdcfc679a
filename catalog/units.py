"""Sale units: what one priced thing is, always with grams or pieces said."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


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
