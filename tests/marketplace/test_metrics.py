"""Prometheus reads how the site does; strangers and signed-in people do not."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from marketplace.watchdog import await_entries
from messaging.services import send_message
from tests.sign_in import sign_in


def figures(**extra: str) -> dict[str, float]:
    answer = Client().get("/metrics", **extra)
    assert answer.status_code == 200
    return {name: float(value) for name, value in re.findall(r"^([^#\n]+) (\S+)$", answer.content.decode(), re.M)}


def requests_to(view: str, shown: dict[str, float]) -> float:
    name = "django_http_requests_total_by_view_transport_method_total"
    return sum(value for key, value in shown.items() if key.startswith(name) and f'view="{view}"' in key)


def test_pages_are_counted_by_view(db):
    before = requests_to("orders:find", figures())
    Client().get("/don-hang/")
    assert requests_to("orders:find", figures()) == before + 1


def test_periodic_work_and_waiting_messages_are_shown(db, now, time_machine):
    time_machine.move_to(now, tick=False)
    await_entries(now=now)
    work = 'market_periodic_work_in_order{work="deliver-waiting-messages"}'
    assert figures()[work] == 1
    assert figures()["market_messages_due"] == 0
    send_message(phone="+84912345678", text="Chào", key="hello", now=now)
    time_machine.move_to(now + timedelta(hours=1), tick=False)
    assert figures()[work] == 0
    assert figures()["market_messages_due"] == 1


def test_search_engines_are_shown(db):
    assert figures()['market_search_engine_up{engine="tantivy"}'] == 1


@pytest.mark.parametrize("address", ["203.0.113.9", "10.0.0.1", "2001:db8::1"])
def test_other_addresses_find_nothing(db, cast, address):
    assert Client().get("/metrics", REMOTE_ADDR=address).status_code == 404
    assert sign_in(Client(), cast.operator).get("/metrics", REMOTE_ADDR=address).status_code == 404


def test_address_that_a_visitor_claims_opens_nothing(db, settings):
    """Behind nginx every request comes from this machine; the address that it adds last counts."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    claimed = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1, 203.0.113.9"}
    assert Client().get("/metrics", **claimed).status_code == 404


def test_network_of_the_setting_may_read(db, settings):
    settings.METRICS_ADDRESSES = ["10.0.0.0/24"]
    assert figures(REMOTE_ADDR="10.0.0.7")
    assert Client().get("/metrics").status_code == 404


def test_figures_name_nobody(db, now):
    send_message(phone="+84912345678", text="Chào", key="hello", now=now)
    shown = Client().get("/metrics").content.decode()
    assert "912345678" not in shown
