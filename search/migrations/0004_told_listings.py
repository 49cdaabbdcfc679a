"""Saved searches remember which listings were told, and those there are get the form in which they are compared."""

import unicodedata

from django.db import migrations, models

ORDER = ("category", "province", "price", "ocop", "season", "certificate", "deliver", "stock")


def settle(apps, schema_editor):
    """Of several that are one search the oldest stays.

    Nobody wrote down what was told so far: it is not looked at again, as if each search had been saved when its owner
    was last told.
    """
    seen = set()
    for saved in apps.get_model("search", "SavedSearch").objects.order_by("pk"):
        saved.text = unicodedata.normalize("NFC", " ".join(unicodedata.normalize("NFC", saved.text).casefold().split()))[:100]
        saved.choices = {name: sorted(set(saved.choices[name])) for name in ORDER if saved.choices.get(name)}
        saved.created_at = max(saved.created_at, saved.heard_until)
        if (key := (saved.user_id, saved.text, str(saved.choices))) in seen:
            saved.delete()
            continue
        seen.add(key)
        saved.save()


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0003_word_counts'),
    ]

    operations = [
        migrations.AddField(
            model_name='savedsearch',
            name='told',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.RunPython(settle, migrations.RunPython.noop),
    ]
