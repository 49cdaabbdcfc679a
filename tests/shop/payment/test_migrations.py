"""Payments that were made before they moved here, carried over by the real migrations on a database of their own."""

from __future__ import annotations

import uuid

import pytest
from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from core import env
from shop.payment.models import Payment
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


def test_a_payment_and_its_movement_keep_their_rows(db, now):
    apps = migrate(*BEFORE)
    order = apps.get_model("order", "Order").objects.create(
        number="261014-000001",
        placement_key=uuid.uuid4(),
        payment_method="card",
        total_incl_tax=1000,
        total_excl_tax=1000,
        date_placed=now,
    )
    payment = apps.get_model("order", "Payment").objects.create(
        order=order, method="card", state="paid", amount=1000, received=1000, gateway_reference="cs_1", created_at=now
    )
    payment.movements.create(kind="received", amount=1000, reference="pi_1", at=now)
    migrate()
    after = Payment.objects.get(order__number=order.number)
    assert (after.pk, after.key, after.method, after.received) == (payment.pk, payment.key, "card", 1000)
    assert after.movements.get().reference == "pi_1"
