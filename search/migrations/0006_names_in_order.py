
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0005_needs'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='needrule',
            options={'ordering': (django.db.models.functions.comparison.Collate(models.F('said'), 'vi-x-icu'), 'pk'), 'verbose_name': 'need', 'verbose_name_plural': 'needs'},
        ),
        migrations.AlterModelOptions(
            name='synonymrule',
            options={'ordering': (django.db.models.functions.comparison.Collate(models.F('said'), 'vi-x-icu'), django.db.models.functions.comparison.Collate(models.F('means'), 'vi-x-icu')), 'verbose_name': 'regional name', 'verbose_name_plural': 'regional names'},
        ),
    ]
