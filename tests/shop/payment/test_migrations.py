"""Payments that were made before they moved here, carried over by the real migrations on a database of their own."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from core import env
from shop.payment.models import Payment, PaymentAttempt
from tests.real_database import own_database

BEFORE = [("order", "0024_history_is_protected"), ("payments", "0001_initial")]


pytestmark = pytest.mark.skipif(
    not env.flag("TEST_MIGRATIONS", default=False), reason="needs a test database made by migrations: TEST_MIGRATIONS=1"
)


@pytest.fixture
def db(django_db_setup, django_db_blocker, tmp_path):
    with django_db_blocker.unblock(), own_database(tmp_path):
        yield


def migrate(*targets: tuple[str, str]) -> Apps:
    executor = MigrationExecutor(connection)
    return executor.migrate(list(targets) or executor.loader.graph.leaf_nodes()).apps


def test_payments_keep_their_rows_and_what_they_knew_of_a_gateway_becomes_an_attempt(db, now):
    apps = migrate(*BEFORE)

    def make(number: int, **fields: Any) -> Any:
        order = apps.get_model("order", "Order").objects.create(
            number=f"261014-00000{number}",
            placement_key=uuid.uuid4(),
            payment_method=fields["method"],
            total_incl_tax=1000,
            total_excl_tax=1000,
            date_placed=now,
        )
        payments = apps.get_model("order", "Payment").objects
        return payments.create(order=order, amount=1000, created_at=now, **fields)

    paid = make(1, method="card", state="paid", received=1000, refunded=400, gateway_reference="cs_1")
    paid.movements.create(kind="received", amount=1000, reference="pi_1", at=now)
    paid.movements.create(kind="refunded", amount=400, reference="re_1", at=now)
    pending = make(2, method="card", state="pending", gateway_reference="4e0ed0ea-0b1f-4a3a-9b7f-5d7f6f0f3a11")
    switched = make(3, method="cash_on_delivery", state="paid", received=1000, gateway_reference="cs_3")
    switched.movements.create(kind="received", amount=1000, reference="261014-000003-1", at=now)
    cash = make(4, method="cash_on_delivery", state="pending")
    migrate()
    after = Payment.objects.get(order__number="261014-000001")
    assert (after.pk, after.key, after.method, after.received) == (paid.pk, paid.key, "card", 1000)
    assert [row.reference for row in after.movements.all()] == ["pi_1", "re_1"]
    attempts = PaymentAttempt.objects.order_by("payment").values_list(
        "payment", "gateway", "key", "state", "receipt", "received", "refunded", "ended_at"
    )
    assert list(attempts) == [
        (paid.pk, "stripe", paid.key, "settled", "pi_1", 1000, 400, now),
        (pending.pk, "pretend", pending.key, "started", "", 0, 0, None),
        (switched.pk, "stripe", switched.key, "abandoned", "", 0, 0, None),
    ]
    assert Payment.objects.get(pk=cash.pk).attempts.count() == 0
