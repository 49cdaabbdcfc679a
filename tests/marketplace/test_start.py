"""Getting a checkout ready: only what is missing, in steps that may break off."""

from __future__ import annotations

import io
import socket

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from marketplace import set_up
from marketplace.management.commands import start
from tests.cast import make_user


def needed() -> list[str]:
    return [step.label for step in set_up.STEPS if step.label.startswith(("Pl", "Se", "De")) and step.is_needed()]


@pytest.mark.django_db(transaction=True)
def test_data_and_index_are_loaded_once(settings):
    settings.LOAD_DEMO = False
    assert needed() == ["Places, goods, tariff, synonyms, pages", "Search index"]
    for step in set_up.STEPS[2:4]:
        step.take(io.StringIO())
    assert needed() == []
    settings.LOAD_DEMO = True
    assert needed() == ["Demo province"]


def test_demo_that_broke_off_is_taken_up_again(db, monkeypatch):
    def breaks_off(name: str, **options: object) -> None:
        raise KeyboardInterrupt

    demo = set_up.STEPS[-1]
    monkeypatch.setattr(set_up, "call_command", breaks_off)
    with pytest.raises(KeyboardInterrupt):
        demo.take(io.StringIO())
    assert demo.is_needed()
    monkeypatch.setattr(set_up, "call_command", lambda name, **options: None)
    demo.take(io.StringIO())
    assert not demo.is_needed()


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


def test_start_takes_what_is_needed_and_says_where_to_go(db, monkeypatch, served, free_port):
    taken = []
    steps = [
        set_up.Step("Missing", lambda: True, lambda out: taken.append("missing")),
        set_up.Step("There", lambda: False, lambda out: taken.append("there")),
    ]
    monkeypatch.setattr(start, "STEPS", steps)
    make_user(101, "Lê Thị Minh")
    out = io.StringIO()
    call_command("start", stdout=out, no_color=True)
    assert taken == ["missing"]
    assert served[0]["port"] == free_port
    said = out.getvalue()
    assert "Missing …" in said
    assert "/hop-tin/" in said
    assert "0912 000 101   team member: Lê Thị Minh" in said
    assert "operator" not in said.split("Demo sign-ins:")[1].splitlines()[1]
