from django.db import migrations


def fill(apps, schema_editor):
    """A name without a Latin letter left this part of the address empty, and every page that listed it broke."""
    apps.get_model("households", "Household").objects.filter(slug="").update(slug="gian-hang")


class Migration(migrations.Migration):

    dependencies = [
        ('households', '0009_paper_as_sent'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
