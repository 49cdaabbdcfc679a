from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0004_attempts_of_earlier_payments"),
    ]

    operations = [
        migrations.RemoveField(model_name="payment", name="gateway_reference"),
    ]
