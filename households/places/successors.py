"""What became of a commune."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from households.models import Commune


def commune_of_today(commune: Commune, today: date) -> Commune | None:
    """The commune itself while it exists, else the one that took all of it in; None where it was divided or unknown."""
    seen = set()
    while commune.valid_until is not None and commune.valid_until <= today:
        seen.add(commune.pk)
        heirs = Commune.objects.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gt=commune.valid_until),
            former_units__former_code=commune.pk,
            former_units__effective_date__lte=today,
        )
        found = list(heirs.exclude(pk__in=seen).select_related("province").distinct()[:2])
        if len(found) != 1:
            return None
        commune = found[0]
    return commune
