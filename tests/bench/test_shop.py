"""The measurement beside a stock shop: what it sums up, and that its visitor behaves as a browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from bench.shop.shops import of_different_sellers
from bench.shop.visiting import Cost, Visitor, WayBroken


class Quiet(WSGIRequestHandler):
    def log_message(self, *_words: object) -> None:
        pass


@pytest.fixture
def port() -> Iterator[int]:
    """A shop with one form, which leads from the POST to a page and sets a cookie."""

    def shop(environ, start_response):
        cost = [("X-Queries", "3"), ("X-Work", "1.5")]
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode()
        if environ["PATH_INFO"] == "/gone/":
            start_response("404 Not Found", cost)
            return [b""]
        if environ["REQUEST_METHOD"] == "POST":
            assert environ["HTTP_SEC_FETCH_SITE"] == "same-origin"
            start_response("302 Found", [*cost, ("Location", f"/done/?{body}"), ("Set-Cookie", "basket=7; Path=/")])
            return [b""]
        start_response("200 OK", cost)
        said = environ["QUERY_STRING"] + environ.get("HTTP_COOKIE", "")
        return [b'<input type="hidden" name="token" value="a&amp;b">' + said.encode()]

    with make_server("127.0.0.1", 0, shop, handler_class=Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def test_a_visitor_sends_hidden_fields_keeps_cookies_and_follows(port):
    visitor = Visitor(port)
    visitor.get("/")
    page = visitor.send("/basket/", {"quantity": "1"})
    assert "token=a%26b&quantity=1" in page
    assert "basket=7" in page
    assert (visitor.cost.queries, visitor.cost.work, visitor.cost.requests) == (9, 4.5, 3)
    with pytest.raises(WayBroken, match="404"):
        visitor.get("/gone/")


def test_costs_add_up():
    cost = Cost(1, 2.0, 3.0, 4, 1)
    cost.add(Cost(10, 20.0, 30.0, 40, 1))
    assert cost == Cost(11, 22.0, 33.0, 44, 2)


def test_each_seller_gives_one_listing():
    goods = [{"pk": number, "seller": number // 2} for number in range(6)]
    assert [listing["pk"] for listing in of_different_sellers(goods, 2)] == [0, 2]
