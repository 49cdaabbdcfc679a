"""Things that listen where an Elasticsearch should: slow ones, dripping ones, ones that talk nonsense."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

PRODUCT = {"X-Elastic-Product": "Elasticsearch", "Content-Type": "application/vnd.elasticsearch+json;compatible-with=8"}


LONGEST_SECONDS = 90.0
"""Far above every time-out of ours, and an end for a test whose rule is broken."""
DRIP_SECONDS = 0.1


class Handler(BaseHTTPRequestHandler):
    status = 200
    headers_sent = PRODUCT
    body = b"{}"
    holds = False
    """Says nothing until the test is over."""
    drips = False
    """Sends a byte now and then, and never all of them."""
    let_go = threading.Event()
    held_in_vain: ClassVar[list[str]] = []
    """What was asked and was still held after ``LONGEST_SECONDS``: somebody waited for it."""

    def answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.holds and not self.let_go.wait(LONGEST_SECONDS):
            self.held_in_vain.append(self.path)
        self.send_response(self.status)
        for name, value in self.headers_sent.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(self.body) + (1_000_000 if self.drips else 0)))
        self.end_headers()
        self.wfile.write(self.body)
        if self.drips:
            self.drip()

    def drip(self) -> None:
        for _byte in range(int(LONGEST_SECONDS / DRIP_SECONDS)):
            if self.let_go.wait(DRIP_SECONDS):
                return
            self.wfile.write(b" ")
        self.held_in_vain.append(self.path)

    do_GET = do_POST = do_PUT = do_HEAD = answer

    def log_message(self, *_args: object) -> None:
        """Nothing on the console of the tests."""


FALSE = {
    "slow": {"holds": True},
    "dripping": {"body": b'{"hits": {}}', "drips": True},
    "web page": {"headers_sent": {"Content-Type": "text/html"}, "body": b"<h1>It works!</h1>"},
    "broken": {"body": b'{"hits": '},
    "empty": {"body": b"{}"},
    "other shape": {"body": b'{"hits": {"total": "many", "hits": {}}, "timed_out": false, "_shards": {"failed": 0}}'},
    "a list": {"body": b"[]"},
    "failing": {"status": 500, "body": b'{"error": "out of heap"}'},
    "in between": {"status": 400, "headers_sent": {"Content-Type": "text/html"}, "body": b"<h1>Bad Request</h1>"},
    "refusing": {"status": 429, "body": b'{"error": "too many requests"}'},
    "partial": {"body": b'{"timed_out": true, "_shards": {"failed": 0}, "hits": {"total": {"value": 0}, "hits": []}}'},
}


@contextmanager
def false_server(kind: str, **otherwise: object) -> Iterator[str]:
    """Its address; gone at the end, when it lets go of those whom it still holds.

    Fails where somebody waited for what it never meant to answer: no clock is read, so a busy machine fails nothing.
    """
    own = {"let_go": threading.Event(), "held_in_vain": []}
    handler = type("FalseHandler", (Handler,), own | FALSE[kind] | otherwise)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        own["let_go"].set()
        server.shutdown()
        server.socket.close()
    assert own["held_in_vain"] == []


@contextmanager
def stopped_server() -> Iterator[str]:
    """An address where nobody listens any more."""
    with false_server("empty") as address:
        pass
    yield address
