"""Stock Oscar search: Haystack with the simple backend that Oscar's sandbox ships, over a product table in SQLite."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from haystack import connections
from haystack.query import SearchQuerySet
from oscar.apps.search.search_indexes import ProductIndex

from catalog.models import Product, ProductClass
from households.models import Commune, Household, Province
from search.documents import ListingDocument

BATCH = 2_000


class StockOscar:
    name = "stock Oscar"

    def fill(self, documents: Iterable[ListingDocument]) -> None:
        call_command("migrate", run_syncdb=True, verbosity=0)
        Product.objects.all().delete()
        self.common = _common_rows()
        batch: list[Product] = []
        for document in documents:
            batch.append(self._row(document))
            if len(batch) == BATCH:
                Product.objects.bulk_create(batch)
                batch = []
        Product.objects.bulk_create(batch)
        connections["default"].get_unified_index().build(indexes=[ProductIndex()])

    def size_bytes(self) -> int:
        return Path(settings.DATABASES["default"]["NAME"]).stat().st_size

    def search(self, text: str) -> int:
        """As Oscar's search page does: the query, the number of results, the first page with its products."""
        results = SearchQuerySet().models(Product).auto_query(text)
        total = results.count()
        for result in results[:24]:
            result.object  # noqa: B018  # the page shows the product
        return total

    def close(self) -> None:
        Product.objects.all().delete()

    def _row(self, document: ListingDocument) -> Product:
        return Product(
            pk=document.product_id, title=document.title, slug=document.slug, description=document.description,
            structure="standalone", is_public=False, net_weight_g=1000, **self.common,
        )  # fmt: skip


def _common_rows() -> dict[str, object]:
    province, _ = Province.objects.get_or_create(
        code="19",
        defaults={"name": "Thái Nguyên", "slug": "tn", "kind": "tinh", "region": "north", "valid_from": "2025-07-01"},
    )
    commune, _ = Commune.objects.get_or_create(
        code="05503",
        defaults={"name": "Tân Cương", "slug": "tc", "kind": "xa", "province": province, "valid_from": "2025-07-01"},
    )
    household, _ = Household.objects.get_or_create(
        code="HN-BENCH",
        defaults={
            "name": "Hộ", "slug": "ho", "phone": "+84912345678", "village_name": "-", "commune": commune,
            "opened_at": "2026-01-01T00:00:00Z",
        },
    )  # fmt: skip
    kind, _ = ProductClass.objects.get_or_create(slug="nong-san", defaults={"name": "Nông sản"})
    return {"household": household, "origin_commune": commune, "product_class": kind}
