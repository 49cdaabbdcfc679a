"""One event a line, found by the request that caused it, and without personal data."""

from __future__ import annotations

import io
import json
import logging
import logging.config
from collections.abc import Callable, Iterator

import pytest
import structlog
from django.conf import settings
from django.test import Client, override_settings
from django.urls import path

from marketplace import logs
from tests.sign_in import sign_in

BUYER = "0912 345 678"


def looks_up(request):
    logging.getLogger("shop").info("looked up %s", "+84912345678")
    return looks_up.answer


def fails(request):
    raise RuntimeError(f"nobody answers at {BUYER}")


urlpatterns = [path("tim-nguoi/", looks_up), path("hong/", fails)]
handler500 = "core.failures.server_error"


@pytest.fixture
def written() -> Iterator[Callable[..., io.StringIO]]:
    """Configures logging as settings would, into a text that the test reads; puts all back afterwards."""

    def configure(renderers: list, level: str = "INFO") -> io.StringIO:
        out = io.StringIO()
        chosen = logs.configuration(level, renderers)
        chosen["handlers"]["console"]["stream"] = out
        logging.config.dictConfig(chosen)
        return out

    root = logging.getLogger()
    kept, level = root.handlers[:], root.level
    yield configure
    root.handlers[:], root.level = kept, level
    structlog.contextvars.clear_contextvars()
    logging.config.dictConfig(settings.LOGGING)
    root.handlers[:], root.level = kept, level


@override_settings(ROOT_URLCONF=__name__)
def test_lines_of_one_request_share_its_id_and_are_json_in_production(written):
    from django.http import HttpResponse

    looks_up.answer = HttpResponse("đây")
    out = written(logs.as_json())
    Client().get("/tim-nguoi/", {"q": "Nguyễn Thị Hoa"})
    events = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [event["event"] for event in events] == ["looked up 091••••678", "request_finished"]
    assert len({event["request_id"] for event in events}) == 1
    assert events[1]["request"] == "GET /tim-nguoi/"
    assert not {"user_id", "ip", "user_agent"} & events[1].keys()


def test_whoever_is_refused_a_page_stands_in_the_log_by_the_key_of_the_account(written, cast):
    out = written(logs.as_json())
    visits = [("/van-hanh/", cast.head), (f"/ho/{cast.household.code}/", cast.stranger), ("/khong-co/", None)]
    for address, person in visits:
        client = sign_in(Client(), person) if person else Client()
        assert client.get(address).status_code in (302, 403, 404)
    Client(enforce_csrf_checks=True).post("/ngon-ngu/", {"language": "en"})
    sign_in(Client(), cast.stranger).get("/gio-hang/")
    said = [json.loads(line) for line in out.getvalue().splitlines()]
    refused = [event for event in said if event["logger"] in ("django.request", "django.security.csrf")]
    assert [(event["event"], event.get("person")) for event in refused] == [
        ("Forbidden (Permission denied): /van-hanh/", cast.head.pk),
        (f"Not Found: /ho/{cast.household.code}/", cast.stranger.pk),
        ("Not Found: /khong-co/", None),
        ("Forbidden (CSRF cookie not set.): /ngon-ngu/", None),
    ]
    assert not [event for event in said if event not in refused and "person" in event]
    words = [word for person in (cast.head, cast.stranger) for word in (person.full_name, person.phone)]
    assert not [word for word in words if word in out.getvalue()]


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize("renderers", [logs.as_json, logs.text])
def test_failed_request_is_logged_once_with_its_reference_and_masked(written, renderers):
    out = written(renderers())
    page = Client(raise_request_exception=False).get("/hong/").content.decode()
    said = out.getvalue()
    assert said.count("Traceback") == 1
    assert "nobody answers at 091••••678" in said
    assert BUYER not in said
    assert "locals" not in said
    if renderers is logs.as_json:
        [event] = [json.loads(line) for line in said.splitlines()]
        assert event["reference"] in page
        assert event["request_id"]


def test_one_line_in_development(written):
    out = written(logs.text())
    logging.getLogger("search").warning("%s is down", "elasticsearch")
    [line] = out.getvalue().splitlines()
    assert line.endswith("[warning] elasticsearch is down [search]")


@pytest.mark.parametrize(
    "text", ["0912345678", "+84 912 345 678", "0912-345-678", "(0912345678)", "phone=+84912345678"]
)
def test_phone_numbers_are_masked_however_written(text):
    assert "091••••678" in logs.without_phones(text)


@pytest.mark.parametrize("text", ["2026-11-28T05:37:09.895671Z", "0.123456789", "01234567-8901-4567-8901-234567890123"])
def test_times_and_ids_are_not_taken_for_phone_numbers(text):
    assert logs.without_phones(text) == text
