"""What a buyer reports about one household's part of an order, for the operators."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class OrderProblem(models.Model):
    """``answer`` is what the buyer is told when an operator settles it; until then ``settled_at`` is null.

    A part has one open problem at a time: reported again, it is written anew.
    """

    class Kind(models.TextChoices):
        LATE = "late", _("it has not arrived")
        DAMAGED = "damaged", _("it arrived spoiled or broken")
        OTHER_GOODS = "goods", _("it is not what I ordered, or less")
        MONEY = "money", _("something is wrong with the money")
        OTHER = "other", _("something else")

    household_order = models.ForeignKey("order.HouseholdOrder", models.PROTECT, related_name="problems")
    kind = models.CharField(_("what is wrong"), max_length=8, choices=Kind.choices)
    text = models.TextField(_("in your words"), blank=True)
    reported_at = models.DateTimeField(_("reported"))
    settled_at = models.DateTimeField(_("settled"), null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(_("answer to the buyer"), max_length=300, blank=True)

    class Meta:
        app_label = "order"
        ordering = ("reported_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["household_order"], condition=models.Q(settled_at__isnull=True), name="problem_one_open_of_part"
            ),
            models.CheckConstraint(
                condition=models.Q(settled_at__isnull=True, answer="")
                | (models.Q(settled_at__isnull=False) & ~models.Q(answer="")),
                name="problem_settled_with_an_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_order_id}: {self.kind}"
