"""The same listings as rows of a database: for stock Oscar to search, Haystack to read, and for changes.

Rows are written past the ORM's saving, because it would take most of an hour for a million.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any, TypeVar

from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Model

from accounts.models import User
from bench.search.data import KINDS, NAMES, NOW, PLACES, listings, sellers
from catalog.models import Category, ListingStatus, Product, ProductClass
from catalog.offer.models import Partner, StockRecord
from core.text import slug
from households.models import Commune, Household, Province
from search.engines.documents import ListingDocument

COMMUNES = 100
"""Of each province."""
BATCH = 5_000
IN_STOCK = 40

T = TypeVar("T")


def write_rows(size: int) -> None:
    """Into the empty database that the settings name."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
    call_command("migrate", run_syncdb=True, verbosity=0)
    with transaction.atomic():
        _write_places()
        _write_households(sellers(size))
        _write_listings(size)
    User.objects.create_user("+84900000000")


def _write_places() -> None:
    valid = {"valid_from": "2025-07-01"}
    for number, name in enumerate(PLACES):
        province = Province.objects.create(
            code=f"{number:02}", name=name, slug=slug(name), kind="tinh", region="north", **valid
        )
        Commune.objects.bulk_create(
            Commune(
                code=f"{number:02}{at:03}", name=f"Xã số {at}", slug=f"xa-{at}", kind="xa", province=province, **valid
            )
            for at in range(COMMUNES)
        )


def _write_households(count: int) -> None:
    template = Household(village_name="-", is_selling=True, registered_at=NOW, opened_at=NOW)
    for numbers in _batches(range(count)):
        _insert(
            template,
            [
                {
                    "id": number + 1, "code": f"HN-{number}", "name": f"Hộ {number}", "slug": f"ho-{number}",
                    "phone": f"+849{number:08}", "commune_id": f"{number % len(PLACES):02}{number % COMMUNES:03}",
                }
                for number in numbers
            ],
        )  # fmt: skip


def _write_listings(size: int) -> None:
    kind = ProductClass.objects.create(slug="nong-san", name="Nông sản")
    partner = Partner.objects.create(name="-", household_id=1)
    categories = _categories()
    product = Product(product_class=kind, is_public=True, status=ListingStatus.PUBLISHED, sale_unit="bag")
    record = StockRecord(partner=partner, num_allocated=0)
    filed = Product.categories.through()
    for documents in _batches(listings(size)):
        _insert(product, [_product(document) for document in documents])
        _insert(record, [_record(document) for document in documents])
        _insert(filed, [_filed(document, categories) for document in documents])


def _categories() -> dict[str, int]:
    """Primary keys by the key that the listings use."""
    found: dict[str, int] = {}
    for branch, name in enumerate(KINDS):
        root = Category.add_root(name=name, code=f"{branch}", slug=slug(name))
        for kind, leaf in NAMES:
            if kind == name:
                key = f"{branch}-{NAMES.index((kind, leaf))}"
                found[key] = root.add_child(name=leaf, code=key, slug=slug(leaf)).pk
    return found


def _product(document: ListingDocument) -> dict[str, Any]:
    return {
        "id": document.product_id,
        "key": uuid.UUID(int=document.product_id),
        "title": document.title,
        "slug": document.slug,
        "description": document.description,
        "household_id": 1 + int(document.household.key.removeprefix("HN-")),
        "origin_commune_id": document.commune.key,
        "net_weight_g": document.net_weight_g,
        "harvest_months": list(document.harvest_months),
        "published_at": document.published_at,
    }


def _record(document: ListingDocument) -> dict[str, Any]:
    return {
        "id": document.product_id,
        "product_id": document.product_id,
        "partner_sku": document.sku,
        "price": Decimal(document.price),
        "num_in_stock": IN_STOCK if document.in_stock else 0,
    }


def _filed(document: ListingDocument, categories: dict[str, int]) -> dict[str, Any]:
    at = document.product_id
    return {"id": at, "product_id": at, "category_id": categories[document.categories[-1].key]}


def _insert(template: Model, changes: Sequence[dict[str, Any]]) -> None:
    """A row like the template for each of the changes, which all name the same attributes."""
    fields = template._meta.concrete_fields
    by_name = {field.attname: field for field in fields}
    standing = {field.attname: field.get_db_prep_save(field.pre_save(template, True), connection) for field in fields}
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {connection.ops.quote_name(template._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608
    rows = []
    for change in changes:
        ready = {name: by_name[name].get_db_prep_save(value, connection) for name, value in change.items()}
        rows.append(tuple((standing | ready).values()))
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, BATCH)):
        yield batch
