"""Payments arrive from ``shop.order`` with their rows: ``order.0025`` has renamed the tables, here the state follows."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


def move_content_types(apps, schema_editor):
    """What points at a payment by its content type, permissions first of all, goes on pointing at it."""
    content_types = apps.get_model("contenttypes", "ContentType").objects.using(schema_editor.connection.alias)
    content_types.filter(app_label="order", model__in=("payment", "paymentmovement")).update(app_label="payments")


class Migration(migrations.Migration):

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('order', '0025_payments_move_to_their_own_app'),
        ('payments', '0001_initial'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='Payment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('method', models.CharField(choices=[('cash_on_delivery', 'cash on delivery'), ('card', 'card, now')], max_length=24, verbose_name='way to pay')),
                        ('state', models.CharField(choices=[('pending', 'not paid yet'), ('paid', 'paid'), ('closed', 'closed without payment'), ('refund_due', 'money to be returned'), ('refunded', 'money returned')], default='pending', max_length=10, verbose_name='state')),
                        ('amount', models.BigIntegerField(verbose_name='to pay')),
                        ('received', models.BigIntegerField(default=0, verbose_name='received')),
                        ('refund_due', models.BigIntegerField(default=0, verbose_name='to return')),
                        ('refunded', models.BigIntegerField(default=0, verbose_name='returned')),
                        ('gateway_reference', models.CharField(blank=True, db_index=True, max_length=120, verbose_name='reference at the gateway')),
                        ('created_at', models.DateTimeField(db_index=True, verbose_name='made')),
                        ('order', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='payment', to='order.order')),
                    ],
                ),
                migrations.CreateModel(
                    name='PaymentMovement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('received', 'received'), ('refunded', 'returned'), ('closed', 'closed without payment')], max_length=10, verbose_name='kind')),
                        ('amount', models.BigIntegerField(verbose_name='amount')),
                        ('reference', models.CharField(max_length=120, verbose_name='reference')),
                        ('at', models.DateTimeField(verbose_name='when')),
                        ('payment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='movements', to='payments.payment')),
                    ],
                    options={
                        'ordering': ('at', 'pk'),
                    },
                ),
                migrations.AddConstraint(
                    model_name='payment',
                    constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0), ('received__gte', 0)), name='payment_amounts'),
                ),
                migrations.AddConstraint(
                    model_name='payment',
                    constraint=models.CheckConstraint(condition=models.Q(('refund_due__gte', 0), ('refunded__gte', 0), ('refunded__lte', models.F('received'))), name='payment_refund_at_most_received'),
                ),
                migrations.AddConstraint(
                    model_name='paymentmovement',
                    constraint=models.UniqueConstraint(fields=('payment', 'kind', 'reference'), name='payment_movement_once'),
                ),
            ],
        ),
        migrations.RunPython(move_content_types, migrations.RunPython.noop),
    ]
