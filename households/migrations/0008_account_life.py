"""What was called the opening was the moment a phone and a name were typed: it is the registration.

The account's own opening starts empty. ``onboarding.0003`` fills it from the consents and confirmed phones, which lie
above this app.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("households", "0007_find_without_tones"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="household", name="household_account_of_place"),
        migrations.RemoveIndex(model_name="household", name="household_account_of_team"),
        migrations.RenameField(model_name="household", old_name="opened_at", new_name="registered_at"),
        migrations.AlterField(
            model_name="household", name="registered_at", field=models.DateTimeField(verbose_name="registered")
        ),
        migrations.AddField(
            model_name="household",
            name="opened_at",
            field=models.DateTimeField(blank=True, db_index=True, null=True, verbose_name="opened"),
        ),
        migrations.AddField(
            model_name="household",
            name="consented_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="consented"),
        ),
        migrations.AddIndex(
            model_name="household",
            index=models.Index(fields=["commune", "opened_at", "closed_at"], name="household_account_of_place"),
        ),
        migrations.AddIndex(
            model_name="household",
            index=models.Index(fields=["opened_by_team", "opened_at", "closed_at"], name="household_account_of_team"),
        ),
        migrations.AlterField(
            model_name="mandate",
            name="given_how",
            field=models.CharField(choices=[("code", "one-time code sent to the household's phone"), ("paper", "signed paper, photographed"), ("self", "the household itself, signed in")], max_length=8, verbose_name="given by"),
        ),
        migrations.CreateModel(
            name="AccountEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opened", "account opened"),
                            ("closed", "account closed"),
                            ("reopened", "account opened again"),
                            ("shown", "storefront opened"),
                            ("shut", "storefront closed"),
                            ("moved", "moved"),
                        ],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="when")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="account_events",
                        to="households.household",
                    ),
                ),
                (
                    "left_commune",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="households.commune",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["household", "kind", "at"], name="account_event_of_household"),
                    models.Index(fields=["kind", "at", "household"], name="account_event_of_kind"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "moved"), ("left_commune__isnull", False)),
                            models.Q(models.Q(("kind", "moved"), _negated=True), ("left_commune__isnull", True)),
                            _connector="OR",
                        ),
                        name="moved_from_a_commune",
                    )
                ],
            },
        ),
    ]
