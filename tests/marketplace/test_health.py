"""What watches the site learns whether it lives and whether it can serve; strangers learn nothing else."""

from __future__ import annotations

import pytest
from django.core.files.storage import storages
from django.db import OperationalError
from django.test import Client

from marketplace import health
from search.index import building

READY, LIVE = "/health/ready/", "/health/live/"


@pytest.fixture(autouse=True)
def engines_answer(monkeypatch):
    monkeypatch.setattr(building, "engines_without_index", list)
    monkeypatch.setattr(health.Migrations, "were_applied", False)


def said(path: str, **headers: str) -> tuple[int, str]:
    answer = Client().get(path, headers=headers)
    return answer.status_code, answer.content.decode()


def test_embedded_engines_are_ready(db):
    assert said(READY) == (200, "ready\n")


def test_answer_is_never_kept_by_a_proxy(db):
    assert "no-store" in Client().get(READY)["Cache-Control"]


@pytest.mark.parametrize("accept", ["application/json", "text/html", "application/openmetrics-text", "nonsense"])
def test_no_form_of_the_answer_shows_more(db, monkeypatch, accept):
    monkeypatch.setattr(building, "engines_without_index", lambda: ["elasticsearch"])
    assert said(f"{READY}?format=json", accept=accept) == (200, "ready, but without: search\n")


def test_site_goes_on_without_the_broker(db, settings):
    settings.CELERY_TASK_ALWAYS_EAGER = False
    app = health.app
    kept, app.conf.broker_url = app.conf.broker_url, "redis://127.0.0.1:1/0"
    try:
        assert said(READY) == (200, "ready, but without: broker\n")
    finally:
        app.conf.broker_url = kept


def test_missing_migrations_are_not_ready(db, monkeypatch):
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda self, targets: [("catalogue", "0040")])
    assert said(READY) == (503, "not ready: migrations\n")


def test_migrations_that_were_applied_are_not_looked_for_again(db, monkeypatch):
    said(READY)
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda self, targets: pytest.fail("again"))
    assert said(READY) == (200, "ready\n")


def test_files_that_cannot_be_kept_are_not_ready(db, monkeypatch):
    def full(self, name, content):
        raise OSError(28, "No space left on device: /srv/private")

    monkeypatch.setattr(type(storages["private"]), "save", full)
    assert said(READY) == (503, "not ready: private files\n")


def test_database_that_is_away_is_not_ready_and_no_reason_to_restart(db, monkeypatch):
    def away(self):
        raise OperationalError("connection to db.internal refused for user hush")

    monkeypatch.setattr(health.Database, "run", away)
    assert said(READY) == (503, "not ready: database\n")
    assert said(LIVE) == (200, "ready\n")


def test_liveness_asks_no_server(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert said(LIVE)[0] == 200
