"""What editors choose from in blocks and pages."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.selectors import category_tree
from core.name_order import by_name
from households.models import Province


class Audience(models.TextChoices):
    """The value is also the place on the page of guides."""

    BUYER = "nguoi-mua", _("buyers")
    HOUSEHOLD = "ho", _("farming households")
    TEAM = "to", _("digital teams")
    OFFICER = "can-bo", _("officers")


class Rule(models.TextChoices):
    IN_SEASON = "in_season", _("in season now, newest first")
    NEWEST = "newest", _("newest")
    CHOSEN = "chosen", _("chosen by hand, in this order")


def category_choices() -> list[tuple[str, str]]:
    return [(str(category.code), "– " * (category.depth - 1) + category.name) for category in category_tree()]


def province_choices() -> list[tuple[str, str]]:
    return list(Province.objects.filter(valid_until=None).order_by(by_name("name")).values_list("code", "name"))
