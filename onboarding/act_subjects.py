"""What an act was about, by name: the listing's title, the order's number; read in one query per kind."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Model

from catalog.models import ListingFlag, ListingQuestion, Product, Review
from core.models import AuditEntry
from shop.order.models import HouseholdOrder

Named = dict[tuple[str, str], str]


def subjects_of(entries: Sequence[AuditEntry]) -> Named:
    """The names, by subject type and id; what has none is left out."""
    listings = Product.objects.filter(pk__in=_ids(entries, Product)).values_list("pk", "title")
    said = {
        (model._meta.label_lower, str(pk)): title
        for model in (Review, ListingQuestion, ListingFlag)
        for pk, title in model.objects.filter(pk__in=_ids(entries, model)).values_list("pk", "listing__title")
    }
    orders = HouseholdOrder.objects.filter(pk__in=_ids(entries, HouseholdOrder)).values_list("pk", "number")
    return {
        **said,
        **{(Product._meta.label_lower, str(pk)): title for pk, title in listings},
        **{(HouseholdOrder._meta.label_lower, str(pk)): number for pk, number in orders},
    }


def _ids(entries: Sequence[AuditEntry], model: type[Model]) -> list[int]:
    return [int(entry.subject_id) for entry in entries if entry.subject_type == model._meta.label_lower]
