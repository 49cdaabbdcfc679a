"""Things that listen where an Elasticsearch should: slow ones, dripping ones, ones that talk nonsense."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PRODUCT = {"X-Elastic-Product": "Elasticsearch", "Content-Type": "application/vnd.elasticsearch+json;compatible-with=8"}


class Handler(BaseHTTPRequestHandler):
    status = 200
    headers_sent = PRODUCT
    body = b"{}"
    pause_before = 0.0
    pause_between = 0.0

    def answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        time.sleep(self.pause_before)
        self.send_response(self.status)
        for name, value in self.headers_sent.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        for byte in self.body:
            self.wfile.write(bytes([byte]))
            time.sleep(self.pause_between)

    do_GET = do_POST = do_PUT = do_HEAD = answer

    def log_message(self, *_args: object) -> None:
        """Nothing on the console of the tests."""


FALSE = {
    "slow": {"pause_before": 10.0},
    "dripping": {"body": b'{"hits": {}}        ', "pause_between": 0.3},
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
    """Its address; gone at the end, without waiting for those who still hang on it."""
    handler = type("FalseHandler", (Handler,), FALSE[kind] | otherwise)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.socket.close()


@contextmanager
def stopped_server() -> Iterator[str]:
    """An address where nobody listens any more."""
    with false_server("empty") as address:
        pass
    yield address
