"""What is written once is neither changed nor deleted: by no instance, queryset, bulk method, cascade or raw SQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction

from core import append_only, audit
from core.append_only import AppendOnlyError, append_only_models, rewrite_history
from core.models import AuditEntry
from households.access import Acting
from households.models import Act
from households.services import record_act
from households.services.account import close_account
from onboarding.services import load_consent_texts
from shop.payment.gateways.pretend import pay_pretend_charge
from shop.payment.models import PaymentMethod, PretendCharge
from shop.payment.services import settle, start_payment
from tests.factories.catalog import listing as on_sale
from tests.factories.catalog import proposed
from tests.factories.orders import make_listing, make_tariff, place

NAMES = {
    "AccountEvent",
    "Act",
    "AuditEntry",
    "ClosedDay",
    "ConsentText",
    "HouseholdOrderEvent",
    "ListingEvent",
    "PaymentMovement",
    "RevisionEvent",
}
MODELS = {model.__name__: model for model in append_only_models()}
every_model = pytest.mark.parametrize("name", sorted(NAMES))


def test_the_models_that_promise_it_are_these():
    assert set(MODELS) == NAMES


@pytest.fixture
def history(cast, now) -> Callable[[str], models.Model]:
    """Makes one row of a model the way the site makes it, and gives it as the database has it."""

    def paid_order() -> None:
        make_tariff(now)
        listing = make_listing(cast.household)
        order = place((listing, 1), commune=cast.commune, now=now, payment_method=PaymentMethod.CARD)
        start_payment(order=order, now=now)
        pay_pretend_charge(PretendCharge.objects.get().reference)
        order.payment.refresh_from_db()
        settle(payment=order.payment, now=now)

    def made(name: str) -> models.Model:
        if name == "Act":
            record_act(household=cast.household, kind=Act.Kind.SEARCH, happened_at=now, key="once", now=now)
        elif name == "AccountEvent":
            close_account(household=cast.household, reason="Thôi bán", now=now, actor=cast.head)
        elif name == "AuditEntry":
            audit.record(action="open_account", subject=cast.head, now=now, actor=cast.head)
        elif name == "ClosedDay":
            MODELS[name].objects.create(day=now.date(), closed_at=now, fact_count=0, manifest_sha256="a" * 64)
        elif name == "ConsentText":
            load_consent_texts()
        elif name == "ListingEvent":
            listing = make_listing(cast.household)
            MODELS[name].objects.create(product=listing, status=listing.status, at=now)
        elif name == "RevisionEvent":
            acting = Acting(cast.head, cast.household)
            proposed(acting, on_sale(acting, now), now, title="Chè đinh nõn")
        else:
            paid_order()
        return MODELS[name].objects.order_by("pk")[0]

    return made


def changed_field(row: models.Model) -> tuple[str, Any]:
    """A column of ``row`` that is no key, and another value for it."""
    field = next(f for f in row._meta.local_fields if isinstance(f, models.CharField) and not f.unique)
    return field.column, f"{getattr(row, field.attname)}x"[-8:]


def refused_by_the_database(sql: str, parameters: list[Any]) -> None:
    with pytest.raises(IntegrityError, match="append-only: rows of"), transaction.atomic():  # noqa: SIM117
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)


@every_model
def test_no_instance_is_saved_again_or_deleted(history, name):
    row = history(name)
    column, value = changed_field(row)
    setattr(row, column, value)
    with pytest.raises(AppendOnlyError):
        row.save()
    with pytest.raises(AppendOnlyError):
        row.save(update_fields=[column])
    with pytest.raises(AppendOnlyError):
        row.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row)(**{field.attname: getattr(row, field.attname) for field in row._meta.local_fields}).save()
    assert getattr(type(row).objects.get(pk=row.pk), column) != value


@every_model
def test_no_queryset_and_no_bulk_method_changes_or_deletes(history, name):
    row = history(name)
    column, value = changed_field(row)
    rows = type(row).objects.filter(pk=row.pk)
    setattr(row, column, value)
    for refused in (
        lambda: rows.update(**{column: value}),
        lambda: rows.delete(),
        lambda: rows.bulk_update([row], [column]),
        lambda: rows.update_or_create(pk=row.pk, defaults={column: value}),
        lambda: rows.bulk_create([row], update_conflicts=True, unique_fields=["id"], update_fields=[column]),
    ):
        with pytest.raises(AppendOnlyError):
            refused()
    assert getattr(rows.get(), column) != value


@every_model
def test_raw_sql_changes_and_deletes_nothing(history, name):
    row = history(name)
    table = row._meta.db_table
    column, value = changed_field(row)
    refused_by_the_database(f'UPDATE "{table}" SET "{column}" = %s WHERE id = %s', [value, row.pk])
    refused_by_the_database(f'DELETE FROM "{table}" WHERE id = %s', [row.pk])
    assert type(row).objects.filter(pk=row.pk).exists()


@every_model
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
def test_no_table_is_truncated(history, name):
    row = history(name)
    connection.check_constraints()  # PostgreSQL truncates no table with rows that wait for their check
    refused_by_the_database(f'TRUNCATE "{row._meta.db_table}" CASCADE', [])
    assert type(row).objects.filter(pk=row.pk).exists()


@every_model
def test_a_queryset_that_is_not_ours_meets_the_trigger(history, name):
    row = history(name)
    column, value = changed_field(row)
    rows = models.QuerySet(type(row)).filter(pk=row.pk)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        rows.update(**{column: value})
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        rows._raw_delete(using="default")


@every_model
def test_nothing_that_has_a_history_is_deleted_with_it(history, name):
    row = history(name)
    for field in row._meta.local_fields:
        if field.remote_field and getattr(row, field.attname) is not None:
            with pytest.raises(models.ProtectedError), transaction.atomic():
                getattr(row, field.name).delete()
    assert row.check() == []


def test_a_foreign_key_that_cascades_is_refused_at_the_start(monkeypatch):
    key = Act._meta.get_field("household").remote_field
    monkeypatch.setattr(key, "on_delete", models.CASCADE)
    assert [error.id for error in Act.check()] == ["core.E010"]


def test_a_row_sent_twice_may_still_be_left_out(cast, now):
    act = Act(key="once", household=cast.household, kind=Act.Kind.SEARCH, happened_at=now, learned_at=now)
    Act.objects.bulk_create([act])
    act.pk = None
    Act.objects.bulk_create([act], ignore_conflicts=True)
    assert Act.objects.count() == 1


def test_history_is_rewritten_only_for_a_reason_and_leaves_an_audit_row(history, cast, now):
    row = history("Act")
    with pytest.raises(ValueError, match="reason"), rewrite_history(Act, reason=" ", now=now):
        pass
    later = now + timedelta(days=1)
    with rewrite_history(Act, reason="Judgment 12/2026 of the court of Thái Nguyên", now=later, actor=cast.operator):
        Act.objects.filter(pk=row.pk).delete()
        with pytest.raises(AppendOnlyError):
            AuditEntry.objects.all().delete()
        refused_by_the_database("DELETE FROM core_auditentry", [])
    assert not Act.objects.exists()
    entry = AuditEntry.objects.get(action="rewrite_history")
    assert (entry.at, entry.actor, entry.subject_type) == (later, cast.operator, "households.act")
    assert entry.changes == {"reason": "Judgment 12/2026 of the court of Thái Nguyên"}


def test_after_a_rewriting_the_rows_are_as_fixed_as_before(history, now):
    row = history("Act")
    with rewrite_history(Act, reason="order of the inspectorate", now=now):
        pass
    with pytest.raises(RuntimeError, match="broken off"), rewrite_history(Act, reason="another order", now=now):  # noqa: PT012
        Act.objects.all().delete()
        raise RuntimeError("broken off")
    assert Act.objects.get() == row
    assert AuditEntry.objects.filter(action="rewrite_history").count() == 1
    with pytest.raises(AppendOnlyError):
        Act.objects.all().delete()
    refused_by_the_database("DELETE FROM households_act", [])


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite makes a table anew to change a column")
@pytest.mark.django_db(transaction=True)
def test_a_rebuilt_table_gets_its_triggers_back_at_the_next_migrate():
    field = Act._meta.get_field("kind")
    with connection.schema_editor() as editor:
        editor._remake_table(Act, alter_fields=[(field, field)])
    assert "append_only_delete_households_act" not in sqlite_triggers()
    call_command("migrate", verbosity=0)
    assert "append_only_delete_households_act" in sqlite_triggers()


def sqlite_triggers() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db(transaction=True)
def test_an_emptied_database_is_empty_and_as_guarded_as_before(now):
    AuditEntry.objects.create(at=now, action="sign_in")
    call_command("flush", interactive=False, verbosity=0)
    assert not AuditEntry.objects.exists()
    AuditEntry.objects.create(at=now, action="sign_in")
    refused_by_the_database("DELETE FROM core_auditentry", [])


def test_a_table_that_is_append_only_no_longer_loses_its_triggers(history, monkeypatch):
    row = history("Act")
    monkeypatch.setattr(append_only, "append_only_models", lambda: [AuditEntry])
    if connection.vendor == "postgresql":
        pytest.skip("pgtrigger prunes what is not registered; it is registered for good here")
    append_only.install_triggers()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM households_act WHERE id = %s", [row.pk])
        assert cursor.rowcount == 1
