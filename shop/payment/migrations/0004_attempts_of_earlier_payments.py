"""What a payment knew of its one gateway becomes its first attempt. Movements are history and stay as they are.

References of Stripe's sessions begin with "cs_"; the pretend service's are UUIDs. A charge that was replaced by cash, or
given up, stays to be asked after once more: money that came for it was booked nowhere.
"""

from django.db import migrations

BATCH = 1000


def make_attempts(apps, schema_editor):
    alias = schema_editor.connection.alias
    PaymentAttempt = apps.get_model("payments", "PaymentAttempt")
    payments = apps.get_model("payments", "Payment").objects.using(alias).exclude(gateway_reference="")
    attempts = []
    for payment in payments.prefetch_related("movements").iterator(chunk_size=BATCH):
        attempt = PaymentAttempt(
            payment=payment,
            gateway="stripe" if payment.gateway_reference.startswith("cs_") else "pretend",
            key=payment.key,
            reference=payment.gateway_reference,
            amount=payment.amount,
            started_at=payment.created_at,
        )
        receipt = next((row for row in payment.movements.all() if row.kind == "received"), None)
        if payment.method == "card" and receipt:
            attempt.state, attempt.receipt, attempt.ended_at = "settled", receipt.reference, receipt.at
            attempt.received, attempt.refunded = payment.received, payment.refunded
        elif payment.method != "card" or payment.state != "pending":
            attempt.state = "abandoned"
        attempts.append(attempt)
    PaymentAttempt.objects.using(alias).bulk_create(attempts, batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0003_attempts"),
    ]

    operations = [
        migrations.RunPython(make_attempts, migrations.RunPython.noop),
    ]
