"""What a buyer owes for an order and what came in: the payment, its tries at a gateway, its movements of money.

An order has one payment. Each try to charge a card is a PaymentAttempt, each try to return money a RefundAttempt: both
rows are written before the gateway is asked, so that a lost answer leaves the key with which to ask again.

    attempt:  started -> settled | failed | abandoned      failed, abandoned -> settled: the money came late
    refund:   started -> settled
"""

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
    """Made with the order, in its transaction. ``method`` is how the order wants its money now, nothing about gateways.

    Amounts are whole dong; ``received`` and ``refunded`` are the sums of all movements, ``refund_due`` what a gateway
    still has to return.
    """

    order = models.OneToOneField("order.Order", models.CASCADE, related_name="payment")
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    method = models.CharField(_("way to pay"), max_length=24, choices=PaymentMethod.choices)
    state = models.CharField(_("state"), max_length=10, choices=PaymentState.choices, default=PaymentState.PENDING)
    amount = models.BigIntegerField(_("to pay"))
    received = models.BigIntegerField(_("received"), default=0)
    refund_due = models.BigIntegerField(_("to return"), default=0)
    refunded = models.BigIntegerField(_("returned"), default=0)
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

    @property
    def waits_for_card(self) -> bool:
        return self.method == PaymentMethod.CARD and self.state == PaymentState.PENDING

    @property
    def is_cash(self) -> bool:
        return self.method == PaymentMethod.CASH_ON_DELIVERY


class PaymentAttempt(models.Model):
    """One try to charge a card. ``gateway`` issued ``reference`` and holds the money, whatever the payment says later.

    ``key`` makes the gateway recognise a repeated request; ``reference`` is empty until it has answered. ``ended_at``
    is set once the gateway has said that the charge is paid or closed; until then an abandoned attempt is asked after.
    """

    class State(models.TextChoices):
        STARTED = "started", _("begun")
        SETTLED = "settled", _("paid")
        FAILED = "failed", _("ended by the gateway without money")
        ABANDONED = "abandoned", _("no longer wanted")

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="attempts")
    gateway = models.CharField(_("gateway"), max_length=16)
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(_("reference at the gateway"), max_length=120, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.STARTED)
    amount = models.BigIntegerField(_("to pay"))
    receipt = models.CharField(_("the gateway's name for the money"), max_length=120, blank=True)
    received = models.BigIntegerField(_("received"), default=0)
    refunded = models.BigIntegerField(_("returned"), default=0)
    started_at = models.DateTimeField(_("begun"))
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        app_label = "payments"
        ordering = ("started_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["gateway", "reference"], condition=~Q(reference=""), name="attempt_reference_once"
            ),
            models.UniqueConstraint(
                fields=["payment"], condition=Q(state="started"), name="attempt_one_started_per_payment"
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, refunded__gte=0, refunded__lte=F("received")), name="attempt_amounts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gateway} {self.reference or self.key} {self.state}"


class RefundAttempt(models.Model):
    """One try to return ``amount`` of an attempt's money; its amount and key never change, so it may be repeated."""

    class State(models.TextChoices):
        STARTED = "started", _("begun")
        SETTLED = "settled", _("money returned")

    attempt = models.ForeignKey(PaymentAttempt, models.PROTECT, related_name="refunds")
    key = models.CharField(max_length=120, unique=True)
    amount = models.BigIntegerField(_("to return"))
    reference = models.CharField(_("reference at the gateway"), max_length=120, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.STARTED)
    started_at = models.DateTimeField(_("begun"))
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        app_label = "payments"
        constraints = [
            models.UniqueConstraint(
                fields=["attempt"], condition=Q(state="started"), name="refund_one_started_per_attempt"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} -{self.amount} {self.state}"


class PaymentMovement(AppendOnlyModel):
    """Append-only. ``reference`` is the gateway's id of the movement: told twice, it counts once.

    ``attempt`` is null for cash, and for what was booked before attempts were kept. Cash that was booked with an
    arrival that was taken back is REVERSED, under the same reference.
    """

    class Kind(models.TextChoices):
        RECEIVED = "received", _("received")
        REFUNDED = "refunded", _("returned")
        CLOSED = "closed", _("closed without payment")
        REVERSED = "reversed", _("not received after all")

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="movements")
    attempt = models.ForeignKey(PaymentAttempt, models.PROTECT, null=True, related_name="movements")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    amount = models.BigIntegerField(_("amount"))
    reference = models.CharField(_("reference"), max_length=120)
    at = models.DateTimeField(_("when"))

    class Meta:
        app_label = "payments"
        ordering = ("at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["payment", "kind", "reference"],
                condition=Q(attempt__isnull=True),
                name="payment_movement_once",
            ),
            models.UniqueConstraint(fields=["attempt", "kind", "reference"], name="attempt_movement_once"),
        ]

    def __str__(self) -> str:
        return f"{self.payment_id} {self.kind} {self.amount}"
