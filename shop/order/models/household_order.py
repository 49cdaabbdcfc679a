"""What one household must deliver of a buyer's order, and its history."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.units import show_grams
from core.append_only import AppendOnlyModel, AppendOnlyQuerySet


class HouseholdOrderState(models.TextChoices):
    UNPAID = "unpaid", _("waiting for payment")
    NEW = "new", _("waiting for the household")
    ACCEPTED = "accepted", _("accepted")
    SENT = "sent", _("on its way")
    DELIVERED = "delivered", _("delivered")
    DECLINED = "declined", _("declined by the household")
    CANCELLED = "cancelled", _("cancelled by the buyer")
    RETURNED = "returned", _("returned")
    UNANSWERED = "unanswered", _("ended without the household's answer")
    NOT_PAID = "not_paid", _("ended without payment")


class HouseholdOrder(models.Model):
    """Amounts in whole dong, frozen when the order was placed. ``state`` repeats the last event's.

    Nobody presses a button for UNANSWERED and NOT_PAID: the marketplace ends what waited too long.
    """

    order = models.ForeignKey("order.Order", models.CASCADE, related_name="household_orders")
    household = models.ForeignKey("households.Household", models.PROTECT, related_name="household_orders")
    number = models.CharField(_("number"), max_length=24, unique=True)
    state = models.CharField(
        _("state"), max_length=10, choices=HouseholdOrderState.choices, default=HouseholdOrderState.NEW
    )
    goods_total = models.BigIntegerField(_("goods"))
    shipping_charge = models.BigIntegerField(_("shipping"))
    weight_g = models.PositiveIntegerField(_("weight in grams"))
    transit_days = models.PositiveSmallIntegerField(_("days on the way"))
    tracking_number = models.CharField(_("tracking number"), max_length=40, blank=True)
    placed_at = models.DateTimeField(_("placed"), db_index=True)

    class Meta:
        app_label = "order"
        ordering = ("-placed_at", "pk")
        constraints = [models.UniqueConstraint(fields=["order", "household"], name="one_part_per_household")]
        indexes = [models.Index(fields=["household", "state"], name="household_order_state")]

    def __str__(self) -> str:
        return self.number

    @property
    def total(self) -> int:
        return self.goods_total + self.shipping_charge

    @property
    def answer_by(self) -> datetime:
        """When it ends by itself unless the household answers: so long after the household was asked (last)."""
        asked: datetime = max(event.at for event in self.events.all() if event.state == HouseholdOrderState.NEW)
        return asked + timedelta(hours=settings.ANSWER_WITHIN_HOURS)

    @property
    def weight(self) -> str:
        return show_grams(self.weight_g)


class HouseholdOrderEventQuerySet(AppendOnlyQuerySet):
    def standing(self, until: Any = None) -> Self:
        """Without the events that were taken back by ``until`` (ever), and without those that take one back.

        Whoever asks what happened to a household order asks these; the others are its history.
        """
        taken_back = {"taken_back_by__isnull": False} if until is None else {"taken_back_by__at__lte": until}
        return self.filter(takes_back=None).exclude(**taken_back)


class HouseholdOrderEvent(AppendOnlyModel):
    """Append-only: each state the household order entered, when, and by whom.

    An event that ``takes_back`` another puts the household order into the state that it had before that one.
    """

    household_order = models.ForeignKey(HouseholdOrder, models.PROTECT, related_name="events")
    state = models.CharField(_("state"), max_length=10, choices=HouseholdOrderState.choices)
    at = models.DateTimeField(_("when"), db_index=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey("households.DigitalTeam", models.PROTECT, null=True, related_name="+")
    note = models.CharField(_("note"), max_length=300, blank=True)
    takes_back = models.OneToOneField("self", models.PROTECT, null=True, related_name="taken_back_by")

    objects: ClassVar[Any] = HouseholdOrderEventQuerySet.as_manager()

    class Meta:
        app_label = "order"
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.household_order} {self.state}"

    @property
    def words(self) -> str:
        """What the history says: the state, or that the step before was taken back."""
        state = self.get_state_display()
        return state if self.takes_back_id is None else _("taken back, again: %(state)s") % {"state": state}
