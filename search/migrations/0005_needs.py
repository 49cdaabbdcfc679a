"""Needs; a closeness for one of the kinds of what was said; and words that count only at the beginning of a name."""

import django.db.models.deletion
from django.db import migrations, models

KINDS_OF = (
    "hải sản", "hạt dinh dưỡng", "rau thơm", "đồ gỗ", "nấm", "đồ nhậu", "đồ chay", "đồ ăn vặt", "thuốc nam", "quà biếu",
    "nước giải khát", "đồ ăn dặm", "đồ thờ cúng",
)
BEGINNING = ("thơm", "gai", "nếp", "roi", "tô")


def mark_shipped_rules(apps, schema_editor):
    """What the shipped file says of its rows now, for the rows that were loaded before it could say so."""
    rules = apps.get_model("search", "SynonymRule").objects
    rules.filter(said__in=KINDS_OF, both_ways=False, closeness="near").update(closeness="kind")
    rules.filter(means__in=BEGINNING).update(begins_name=True)


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0041_certificates_refused'),
        ('search', '0004_told_listings'),
    ]

    operations = [
        migrations.AddField(
            model_name='synonymrule',
            name='begins_name',
            field=models.BooleanField(default=False, help_text='For a word that elsewhere says how something is: “thơm” is a pineapple, “gạo thơm” is not.', verbose_name='only where a name begins with it'),
        ),
        migrations.AlterField(
            model_name='synonymrule',
            name='closeness',
            field=models.CharField(choices=[('same', 'the same thing'), ('kind', 'one of its kinds, or what serves it'), ('near', 'something near, or one of several meanings')], default='same', max_length=4, verbose_name='how close'),
        ),
        migrations.CreateModel(
            name='NeedRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said', models.CharField(max_length=60, verbose_name='buyers say')),
                ('months', models.JSONField(blank=True, default=list, verbose_name='harvested in')),
                ('min_stars', models.PositiveSmallIntegerField(default=0, verbose_name='OCOP stars, at least')),
                ('certificate', models.CharField(blank=True, max_length=40, verbose_name='certificate')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('is_active', models.BooleanField(default=True, verbose_name='in force')),
                ('updated_at', models.DateTimeField(db_index=True, verbose_name='changed')),
                ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='catalogue.category', verbose_name='kind')),
            ],
            options={
                'verbose_name': 'need',
                'verbose_name_plural': 'needs',
                'ordering': ('said', 'pk'),
            },
        ),
        migrations.RunPython(mark_shipped_rules, migrations.RunPython.noop),
    ]
