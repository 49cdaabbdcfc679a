"""Each try at a gateway gets a row of its own."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0002_payments_come_from_order"),
    ]

    operations = [
        migrations.CreateModel(
            name="PaymentAttempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("gateway", models.CharField(max_length=16, verbose_name="gateway")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("reference", models.CharField(blank=True, max_length=120, verbose_name="reference at the gateway")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("started", "begun"),
                            ("settled", "paid"),
                            ("failed", "ended by the gateway without money"),
                            ("abandoned", "no longer wanted"),
                        ],
                        default="started",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("amount", models.BigIntegerField(verbose_name="to pay")),
                (
                    "receipt",
                    models.CharField(blank=True, max_length=120, verbose_name="the gateway's name for the money"),
                ),
                ("received", models.BigIntegerField(default=0, verbose_name="received")),
                ("refunded", models.BigIntegerField(default=0, verbose_name="returned")),
                ("started_at", models.DateTimeField(verbose_name="begun")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended")),
                (
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attempts",
                        to="payments.payment",
                    ),
                ),
            ],
            options={"ordering": ("started_at", "pk")},
        ),
        migrations.CreateModel(
            name="RefundAttempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=120, unique=True)),
                ("amount", models.BigIntegerField(verbose_name="to return")),
                ("reference", models.CharField(blank=True, max_length=120, verbose_name="reference at the gateway")),
                (
                    "state",
                    models.CharField(
                        choices=[("started", "begun"), ("settled", "money returned")],
                        default="started",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("started_at", models.DateTimeField(verbose_name="begun")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended")),
                (
                    "attempt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refunds",
                        to="payments.paymentattempt",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="paymentattempt",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reference", ""), _negated=True),
                fields=("gateway", "reference"),
                name="attempt_reference_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentattempt",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "started")), fields=("payment",), name="attempt_one_started_per_payment"
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentattempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amount__gt", 0), ("refunded__gte", 0), ("refunded__lte", models.F("received"))
                ),
                name="attempt_amounts",
            ),
        ),
        migrations.AddConstraint(
            model_name="refundattempt",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "started")), fields=("attempt",), name="refund_one_started_per_attempt"
            ),
        ),
        migrations.AddConstraint(
            model_name="refundattempt",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="refund_amount"),
        ),
        migrations.AddField(
            model_name="paymentmovement",
            name="attempt",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="movements",
                to="payments.paymentattempt",
            ),
        ),
        migrations.RemoveConstraint(model_name="paymentmovement", name="payment_movement_once"),
        migrations.AddConstraint(
            model_name="paymentmovement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("attempt__isnull", True)),
                fields=("payment", "kind", "reference"),
                name="payment_movement_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentmovement",
            constraint=models.UniqueConstraint(
                fields=("attempt", "kind", "reference"), name="attempt_movement_once"
            ),
        ),
    ]
