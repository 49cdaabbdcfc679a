"""A visitor: a connection that is kept, cookies, and forms sent as a browser sends them."""

from __future__ import annotations

import http.client
import re
import time
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlencode, urlsplit

HIDDEN = re.compile(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"')


@dataclass(slots=True)
class Cost:
    """Of one page or of a whole way: queries, milliseconds on the clock and of work, bytes over the wire, requests."""

    queries: int = 0
    clock: float = 0.0
    work: float = 0.0
    size: int = 0
    requests: int = 0

    def add(self, other: Cost) -> None:
        for name in ("queries", "clock", "work", "size", "requests"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


class WayBroken(Exception):
    """The shop answered something else than the way expects."""


@dataclass
class Visitor:
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    cost: Cost = field(default_factory=Cost)
    text: str = ""
    path: str = ""

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def get(self, path: str) -> str:
        return self._ask("GET", path, None)

    def send(self, path: str, typed: dict[str, Any]) -> str:
        """POST with the hidden fields of the page that was read last, and follow where it leads."""
        hidden = {name: unescape(value) for name, value in HIDDEN.findall(self.text)}
        return self._ask("POST", path, urlencode(hidden | typed))

    def raw(self, path: str) -> int:
        """Ask, read and forget: for counting how many come in a second. Returns the bytes."""
        self.connection.request("GET", path, headers={"Accept-Encoding": "gzip", **self._cookie()})
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise WayBroken(f"{path}: {answer.status}")
        return len(body)

    def _cookie(self) -> dict[str, str]:
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}

    def _ask(self, method: str, path: str, body: str | None) -> str:
        for _step in range(6):
            headers = {"Sec-Fetch-Site": "same-origin", **self._cookie()}
            if body is not None:
                headers |= {
                    "Content-Type": "application/x-www-form-urlencoded",
                    "Origin": f"http://127.0.0.1:{self.port}",
                }
            began = time.perf_counter()
            self.connection.request(method, path, body=body, headers=headers)
            answer = self.connection.getresponse()
            content = answer.read()
            clock = (time.perf_counter() - began) * 1000
            queries, work = int(answer.headers.get("X-Queries", 0)), float(answer.headers.get("X-Work", 0))
            self.cost.add(Cost(queries, clock, work, len(content), 1))
            for line in answer.headers.get_all("Set-Cookie", []):
                name, value = line.split(";", 1)[0].split("=", 1)
                self.cookies.pop(name, None)
                if value.strip('"'):
                    self.cookies[name] = value
            if answer.status in (301, 302):
                target = urlsplit(answer.headers["Location"])
                method, body = "GET", None
                path = target.path + (f"?{target.query}" if target.query else "")
                continue
            if answer.status != 200:
                raise WayBroken(f"{method} {path}: {answer.status}")
            self.text, self.path = content.decode(), path
            return self.text
        raise WayBroken(f"{path} leads around in circles")
