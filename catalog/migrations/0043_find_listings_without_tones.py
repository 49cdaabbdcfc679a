import core.folded
from django.db import migrations


def fill(apps, schema_editor):
    """A saved row fills its own column; those that stand already are filled once."""
    model = apps.get_model("catalogue", "Product")
    field, batch = model._meta.get_field("folded_title"), []
    for row in model.objects.only("pk", "title").iterator(chunk_size=1000):
        field.pre_save(row, False)
        batch.append(row)
        if len(batch) == 1000:
            model.objects.bulk_update(batch, ["folded_title"])
            batch = []
    model.objects.bulk_update(batch, ["folded_title"])


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0042_who_acted'),
    ]

    operations = [
        migrations.AddField(
            model_name='product',
            name='folded_title',
            field=core.folded.FoldedField(blank=True, editable=False, max_length=250, of=('title',)),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
