"""Payments leave for ``shop.payment``: the tables are renamed with their rows, the models change apps in the state only.

The way to pay is the payment's alone; the order repeated it.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("order", "0024_history_is_protected"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AlterModelTable("Payment", "payments_payment"),
                migrations.AlterModelTable("PaymentMovement", "payments_paymentmovement"),
            ],
            state_operations=[
                migrations.DeleteModel("PaymentMovement"),
                migrations.DeleteModel("Payment"),
            ],
        ),
        migrations.RemoveField("order", "payment_method"),
    ]
