
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('households', '0011_paper_waits'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='commune',
            options={'ordering': (django.db.models.functions.comparison.Collate(models.F('name'), 'vi-x-icu'),)},
        ),
        migrations.AlterModelOptions(
            name='digitalteam',
            options={'ordering': (django.db.models.functions.comparison.Collate(models.F('name'), 'vi-x-icu'), 'pk')},
        ),
        migrations.AlterModelOptions(
            name='household',
            options={'ordering': (django.db.models.functions.comparison.Collate(models.F('name'), 'vi-x-icu'), 'pk')},
        ),
        migrations.AlterModelOptions(
            name='province',
            options={'ordering': (django.db.models.functions.comparison.Collate(models.F('name'), 'vi-x-icu'),)},
        ),
    ]
