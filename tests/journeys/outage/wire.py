"""Django's test client over a real connection: what ``Visitor`` asks of a client, with the seconds each page took."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests


@dataclass(frozen=True, slots=True)
class Page:
    status_code: int
    content: bytes
    request: dict[str, str]


class Wire:
    """``slowest`` is the longest that a page took since it was last set to 0, in seconds."""

    def __init__(self, server: str) -> None:
        self.server = server
        self.session = requests.Session()
        self.session.trust_env = False
        self.slowest = 0.0

    def get(self, address: str, data: dict[str, Any] | None = None, *, follow: bool = True) -> Page:
        return self._ask("GET", address, follow, params=data)

    def post(self, address: str, data: dict[str, Any], *, follow: bool = True) -> Page:
        return self._ask("POST", address, follow, data=data)

    def _ask(self, method: str, address: str, follow: bool, **what: Any) -> Page:
        begun = time.monotonic()
        answer = self.session.request(method, urljoin(self.server, address), allow_redirects=follow, timeout=60, **what)
        self.slowest = max(self.slowest, time.monotonic() - begun)
        return Page(answer.status_code, answer.content, {"PATH_INFO": urlsplit(answer.url).path})
