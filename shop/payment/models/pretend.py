"""The pretend gateway's own books; nothing else of ours reads them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class PretendCharge(models.Model):
    """One charge at the pretend card service. ``key`` makes a repeated start the same charge."""

    class State(models.TextChoices):
        OPEN = "open"
        PAID = "paid"
        CLOSED = "closed"

    key = models.CharField(max_length=80, unique=True)
    reference = models.UUIDField(unique=True)
    order_number = models.CharField(max_length=24)
    amount = models.BigIntegerField()
    refunded = models.BigIntegerField(default=0)
    return_url = models.CharField(max_length=300)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)

    class Meta:
        app_label = "payments"
        constraints = [models.CheckConstraint(condition=Q(refunded__lte=F("amount")), name="pretend_refund_at_most")]

    def __str__(self) -> str:
        return f"{self.reference} {self.state} {self.amount}"


class PretendRefund(models.Model):
    """A refund at the pretend card service, once per key."""

    charge = models.ForeignKey(PretendCharge, models.CASCADE, related_name="refunds")
    key = models.CharField(max_length=120, unique=True)
    amount = models.BigIntegerField()

    class Meta:
        app_label = "payments"

    def __str__(self) -> str:
        return f"{self.charge_id} -{self.amount}"
