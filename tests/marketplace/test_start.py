"""Getting a checkout ready: only what is missing, in steps that may break off."""

from __future__ import annotations

import gc
import io
import socket
from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError
from wagtail.models import Page

from accounts.models import OPERATORS_GROUP, User
from catalog.models import Category
from content.services.groups import EDITORS_GROUP
from households.models import Commune
from marketplace import set_up
from marketplace.management.commands import set_up as command
from marketplace.management.commands import start
from marketplace.set_up import Step
from search.models import SynonymRule
from shop.shipping.selectors import tariff_on
from tests.cast import make_user
from tests.core.test_wsgi import ask


def needed(*steps: Step) -> list[str]:
    return [step.label for step in (steps or set_up.STEPS[2:]) if step.is_needed()]


@pytest.mark.django_db(transaction=True)
def test_set_up_loads_what_every_site_needs_once(monkeypatch):
    monkeypatch.setattr(set_up, "pending_migrations", lambda: 0)
    assert needed() == ["Places, goods, tariff, synonyms, pages", "Watch over the periodic work", "Search index"]
    call_command("set_up", stdout=io.StringIO())
    assert needed() == []
    assert Commune.objects.count() == 3321
    assert Category.objects.exists()
    assert tariff_on(date(2026, 11, 28)).zone_rates.count() == 3
    assert SynonymRule.objects.exists()
    assert set(Group.objects.values_list("name", flat=True)) >= {OPERATORS_GROUP, EDITORS_GROUP}
    assert Page.objects.count() > 34
    assert not User.objects.exists(), "nobody of the demo is there"
    again = io.StringIO()
    call_command("set_up", stdout=again)
    assert again.getvalue().startswith("Nothing was missing.\n")


@pytest.mark.parametrize("is_debug", [True, False])
def test_set_up_says_in_production_that_the_tariff_is_invented(db, settings, monkeypatch, is_debug):
    monkeypatch.setattr(command, "STEPS", ())
    settings.DEBUG = is_debug
    call_command("load_shipping_tariff", stdout=io.StringIO())
    said = io.StringIO()
    call_command("set_up", stdout=said)
    assert ("The shipping tariff is invented" in said.getvalue()) is not is_debug


def test_demo_is_loaded_where_it_is_wanted_and_not_twice(db, settings):
    settings.LOAD_DEMO = False
    assert needed(start.DEMO) == []
    settings.LOAD_DEMO = True
    assert needed(start.DEMO) == ["Demo province"]
    set_up.remember(set_up.DEMO_LOADED)
    assert needed(start.DEMO) == []


def test_demo_is_not_asked_for_where_it_is_no_app(db, settings, monkeypatch):
    settings.LOAD_DEMO = True
    monkeypatch.setattr(start.apps, "is_installed", lambda name: name != "demo")
    assert needed(start.DEMO) == []


def test_data_that_broke_off_is_loaded_again(db, monkeypatch):
    def breaks_off(name: str, **options: object) -> None:
        raise KeyboardInterrupt

    data = set_up.STEPS[2]
    monkeypatch.setattr(set_up, "call_command", breaks_off)
    with pytest.raises(KeyboardInterrupt):
        data.take(io.StringIO())
    assert data.is_needed()
    monkeypatch.setattr(set_up, "call_command", lambda name, **options: None)
    data.take(io.StringIO())
    assert not data.is_needed()


def test_database_that_does_not_answer_is_named_before_the_work(db, monkeypatch):
    def away() -> None:
        raise OperationalError("connection to server failed\nis the server running there?")

    with monkeypatch.context() as patched:
        patched.setattr(command.connection, "ensure_connection", away)
        with pytest.raises(CommandError, match=r"^DATABASE_URL: .*is the server running there"):
            call_command("set_up")


def test_garbage_is_collected_as_usual_after_the_migrations(monkeypatch):
    def breaks_off(name: str, **options: object) -> None:
        during.append(gc.get_threshold())
        raise KeyboardInterrupt

    before, during = gc.get_threshold(), []
    monkeypatch.setattr(set_up, "pending_migrations", lambda: 1)
    monkeypatch.setattr(set_up, "call_command", breaks_off)
    with pytest.raises(KeyboardInterrupt):
        set_up.migrate(io.StringIO())
    assert during[0][0] > before[0]
    assert gc.get_threshold() == before


def test_migrations_are_counted_not_listed():
    out = io.StringIO()
    counter = set_up.MigrationCounter(out, 26)
    for number in range(26):
        counter.write(f"  Applying shop.{number:04}...")
        counter.write(" OK\n")
    assert out.getvalue() == "    25 of 26\n    26 of 26\n"


def test_taken_port_is_said_before_the_work(monkeypatch, settings):
    monkeypatch.setattr(start, "STEPS", [set_up.Step("Work", pytest.fail, pytest.fail)])
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        settings.PORT = other.getsockname()[1]
        with pytest.raises(CommandError, match=rf"PORT={settings.PORT + 1} make run"):
            call_command("start")


@pytest.mark.parametrize(("host", "said"), [("192.0.2.1", "HOST is no address of"), ("a..b", "HOST is ")])
def test_host_that_cannot_be_served_is_named(host, said):
    with pytest.raises(CommandError, match=said):
        start.require_free_port(host, 8000)


def test_start_takes_what_is_needed_and_says_where_to_go(db, monkeypatch, served, free_port):
    taken = []
    steps = [
        set_up.Step("Missing", lambda: True, lambda out: taken.append("missing")),
        set_up.Step("There", lambda: False, lambda out: taken.append("there")),
    ]
    monkeypatch.setattr(start, "STEPS", steps)
    monkeypatch.setattr(start, "DEMO", steps[1])
    make_user(101, "Lê Thị Minh")
    out = io.StringIO()
    call_command("start", stdout=out, no_color=True)
    assert taken == ["missing"]
    assert served[0]["port"] == free_port
    assert ask(served[0]["application"], "text/plain; charset=idna") == "400 Bad Request"
    said = out.getvalue()
    assert "Missing …" in said
    assert "/hop-tin/" in said
    assert "0912 000 101   team member: Lê Thị Minh" in said
    assert "operator" not in said.split("Demo sign-ins:")[1].splitlines()[1]
