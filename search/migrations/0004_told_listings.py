"""Saved searches remember which listings were told, and those there are get the form in which they are compared."""

import unicodedata

from django.db import migrations, models

ORDER = ("category", "province", "price", "ocop", "season", "certificate", "deliver", "stock")


def settle(apps, schema_editor):
    """Of several that are one search the oldest stays.

    Nobody wrote down what was told so far: it is not looked at again, as if each search had been saved when its owner
    was last told.
    """
    seen, kept = set(), []
    for saved in apps.get_model("search", "SavedSearch").objects.order_by("pk"):
        typed = " ".join(unicodedata.normalize("NFC", saved.text).casefold().split())
        saved.text = unicodedata.normalize("NFC", typed)[:100]
        saved.choices = {name: sorted(set(saved.choices[name])) for name in ORDER if saved.choices.get(name)}
        saved.created_at = max(saved.created_at, saved.heard_until)
        key = (saved.user_id, saved.text, str(saved.choices))
        if key in seen:
            saved.delete()
        else:
            kept.append(saved)
        seen.add(key)
    for saved in kept:  # once no other row says the same
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
