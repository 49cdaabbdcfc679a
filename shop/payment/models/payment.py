"""What a buyer owes for an order and what came in: one row per order, one row per movement of money."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.append_only import AppendOnlyModel


class PaymentMethod(models.TextChoices):
    CASH_ON_DELIVERY = "cash_on_delivery", _("cash on delivery")
    CARD = "card", _("card, now")


class PaymentState(models.TextChoices):
    PENDING = "pending", _("not paid yet")
    PAID = "paid", _("paid")
    CLOSED = "closed", _("closed without payment")
    REFUND_DUE = "refund_due", _("money to be returned")
    REFUNDED = "refunded", _("money returned")


class Payment(models.Model):
    """Made with the order, in its transaction. ``key`` makes the gateway recognise a repeated request."""

    order = models.OneToOneField("order.Order", models.CASCADE, related_name="payment")
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    method = models.CharField(_("way to pay"), max_length=24, choices=PaymentMethod.choices)
    state = models.CharField(_("state"), max_length=10, choices=PaymentState.choices, default=PaymentState.PENDING)
    amount = models.BigIntegerField(_("to pay"))
    received = models.BigIntegerField(_("received"), default=0)
    refund_due = models.BigIntegerField(_("to return"), default=0)
    refunded = models.BigIntegerField(_("returned"), default=0)
    gateway_reference = models.CharField(_("reference at the gateway"), max_length=120, blank=True, db_index=True)
    created_at = models.DateTimeField(_("made"), db_index=True)

    class Meta:
        app_label = "payments"
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0, received__gte=0), name="payment_amounts"),
            models.CheckConstraint(
                condition=Q(refund_due__gte=0, refunded__gte=0, refunded__lte=F("received")),
                name="payment_refund_at_most_received",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.state} {self.received}/{self.amount}"


class PaymentMovement(AppendOnlyModel):
    """Append-only. ``reference`` is the gateway's id of the movement: told twice, it counts once."""

    class Kind(models.TextChoices):
        RECEIVED = "received", _("received")
        REFUNDED = "refunded", _("returned")
        CLOSED = "closed", _("closed without payment")

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="movements")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    amount = models.BigIntegerField(_("amount"))
    reference = models.CharField(_("reference"), max_length=120)
    at = models.DateTimeField(_("when"))

    class Meta:
        app_label = "payments"
        ordering = ("at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["payment", "kind", "reference"], name="payment_movement_once"),
        ]

    def __str__(self) -> str:
        return f"{self.payment_id} {self.kind} {self.amount}"
