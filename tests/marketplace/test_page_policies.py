"""What browsers and caches may do with our pages, over every route that there is."""

from __future__ import annotations

import contextlib
import gzip
import re
import socket
from collections.abc import Iterator

import pytest
import waitress
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse
from waitress import wasyncore

from marketplace import page_policies
from marketplace.management.commands.start import server_options
from marketplace.middleware import BodyLimitMiddleware, PagePolicyMiddleware
from shop.basket.middleware import COUNT_COOKIE
from tests.doors import Door, declared, routes
from tests.sign_in import sign_in

# Not pages, and nobody's own: suggestions for what is typed, files for crawlers.
KEPT_FOR_A_WHILE = {"search:suggest", "delivery:suggest", "favicon", "manifest", "field:worker"}
MARKET = "/tim/"


def visits(cast, doors: dict[str, Door]) -> Iterator[tuple[str, Door, str]]:
    """Each route with its address; what a door prepared is taken back before the next."""
    for name, door in doors.items():
        with transaction.atomic():
            door.prepare(cast)
            kwargs = door.kwargs(cast)
            try:
                path = reverse(name, kwargs=kwargs)
            except NoReverseMatch:
                path = name
            if path.startswith("/"):
                yield name, door, path
            transaction.set_rollback(True)


def answer_of(client: Client, door: Door, path: str):
    client.raise_request_exception = False
    return getattr(client, door.method)(path, door.data)


def policy_of(response) -> dict[str, str]:
    rules = (rule.strip().split(" ", 1) for rule in response["Content-Security-Policy"].split(";"))
    return dict(rules)


def test_every_page_of_signed_in_people_is_kept_by_no_cache(cast):
    clients: dict[str, Client] = {}
    kept = []
    for name, door, path in visits(cast, declared()):
        for who in door.audience.welcome[:1]:
            client = clients.setdefault(who, sign_in(Client(), getattr(cast, who)))
            cookies = client.cookies.copy()
            if "no-store" not in answer_of(client, door, path).get("Cache-Control", ""):
                kept.append(name)
            client.cookies = cookies  # a sign-out among the doors ends no visit
    assert set(kept) <= KEPT_FOR_A_WHILE


def test_every_page_says_what_may_run_on_it(cast):
    lacking = []
    for name, door, path in visits(cast, declared()):
        answer = answer_of(Client(), door, path)
        rules = policy_of(answer)
        if "unsafe" in str(rules) and not path.startswith(page_policies.EDITOR_PATH):
            lacking.append(name)
        if not {"Permissions-Policy", "Referrer-Policy", "Cross-Origin-Opener-Policy"} <= answer.headers.keys():
            lacking.append(name)
    assert not lacking


def test_links_that_are_the_right_to_see_a_page_are_kept_by_no_cache(cast):
    """Read from the routes, so that the next link of its kind is among them."""
    linked = {name for name, pattern in routes() if re.search(r":(signature|reference)>", pattern)}
    assert len(linked) > 5
    doors = {name: door for name, door in declared().items() if name in linked}
    assert doors.keys() == linked
    kept = [
        name
        for name, door, path in visits(cast, doors)
        if "no-store" not in answer_of(Client(), door, path).get("Cache-Control", "")
    ]
    assert not kept


@pytest.mark.parametrize("cookie", [settings.SESSION_COOKIE_NAME, settings.OSCAR_BASKET_COOKIE_OPEN, COUNT_COOKIE])
def test_cookies_that_change_a_page_are_known_as_personal(cookie):
    assert cookie in settings.PERSONAL_COOKIES


def test_what_is_for_everybody_may_go_back_without_asking_again(cast):
    answer = Client().get(MARKET)
    assert answer.status_code == 200
    assert "no-store" not in answer.get("Cache-Control", "")


def test_only_the_editor_has_scripts_of_its_own(cast):
    editor = sign_in(Client(), cast.operator)
    assert policy_of(editor.get("/noi-dung/"))["script-src"] == "'self' 'unsafe-inline'"
    assert "script-src" not in policy_of(editor.get("/van-hanh/"))
    assert policy_of(editor.get(MARKET))["default-src"] == "'self'"


def test_no_template_needs_what_the_policy_forbids():
    """Scripts and styles inside a page, and attributes that are either, would do nothing there."""
    forbidden = re.compile(
        r"<style|\sstyle=|\son[a-z]+=\"|javascript:|<script(?![^>]*(?:\ssrc=|ld\+json))", re.IGNORECASE
    )
    found = [
        str(path.relative_to(settings.ROOT))
        for path in settings.ROOT.glob("[a-z]*/**/templates/**/*.html")
        if "var" not in path.parts and forbidden.search(path.read_text(encoding="utf-8"))
    ]
    assert not found


def test_pages_are_compressed_and_pictures_are_not(cast):
    page = Client().get(MARKET, headers={"accept-encoding": "gzip"})
    assert page["Content-Encoding"] == "gzip"
    assert "<h1" in gzip.decompress(page.content).decode()
    again = Client().get(MARKET, headers={"accept-encoding": "gzip"})
    # Django pads each answer by a chance number of bytes, so that its length tells nothing of what is in it.
    without_padding = len(page.content) - GZipMiddleware.max_random_bytes
    assert without_padding < len(gzip.decompress(page.content)) / 2
    assert len({len(Client().get(MARKET, headers={"accept-encoding": "gzip"}).content) for _ in range(8)}) > 1, "BREACH"
    assert again["Vary"]


class Unread:
    """A body that must not be read."""

    def read(self, *sizes: int) -> bytes:
        raise AssertionError("the body was read")


def test_body_that_is_too_large_is_refused_unread(db):
    request = RequestFactory().post("/gio-hang/")
    request.META |= {"CONTENT_LENGTH": str(2 * 1024**3)}
    request._stream = Unread()
    answer = BodyLimitMiddleware(lambda request: pytest.fail("let in"))(request)
    assert answer.status_code == 413
    assert "64 MB" in answer.content.decode()


def test_body_of_the_largest_picture_is_let_in(db):
    request = RequestFactory().post("/gio-hang/")
    request.META |= {"CONTENT_LENGTH": str(settings.MAX_BODY_BYTES)}
    assert BodyLimitMiddleware(lambda request: "in")(request) == "in"


@pytest.mark.parametrize("length", ["-1", "²", "1e9", "9 9"])
def test_length_that_is_no_number_is_a_bad_request(db, length):
    request = RequestFactory().post("/gio-hang/")
    request.META |= {"CONTENT_LENGTH": length}
    assert BodyLimitMiddleware(lambda request: pytest.fail("let in"))(request).status_code == 400


def test_make_run_refuses_a_large_body_before_it_is_sent():
    sockets: dict[int, object] = {}
    options = {"host": "127.0.0.1", "port": 0, "map": sockets, **server_options()}
    server = waitress.create_server(lambda *asked: pytest.fail("let in"), **options)
    try:
        with socket.create_connection(("127.0.0.1", server.effective_port)) as visitor:
            head = f"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: {settings.MAX_BODY_BYTES + 1}\r\n\r\n"
            visitor.sendall(head.encode())
            visitor.setblocking(False)
            said = b""
            for _turn in range(50):
                wasyncore.loop(timeout=0.1, map=sockets, count=1)
                with contextlib.suppress(BlockingIOError):
                    said += visitor.recv(200)
                if said:
                    break
            assert said.startswith(b"HTTP/1.1 413 ")
    finally:
        server.task_dispatcher.shutdown()
        server.close()


def test_proxy_has_the_same_limit():
    proxy = (settings.ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    assert f"client_max_body_size {settings.MAX_BODY_BYTES // 1024**2}m;" in proxy


@pytest.mark.parametrize(
    ("path", "status", "kept"),
    [
        ("/media/photos/ab/abc/320.webp", 200, "public, max-age=31536000, immutable"),
        ("/media/photos/ab/abc/320.webp", 404, None),
        ("/media/images/basket.webp", 200, None),
    ],
)
def test_browsers_keep_a_rendition_of_a_photo_for_ever(path, status, kept):
    middleware = PagePolicyMiddleware(lambda request: HttpResponse(status=status))
    assert middleware(RequestFactory().get(path)).get("Cache-Control") == kept
