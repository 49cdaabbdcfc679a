"""A visitor without script: opens pages, follows links by their words, fills forms by their names."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from django.test import Client


class Visitor:
    """Django's test client behind what a person sees; every answer must be a page that works."""

    def __init__(self, client: Client | None = None) -> None:
        self.client = client or Client(raise_request_exception=True)
        self.address = "/"
        self.page = BeautifulSoup("", "html.parser")

    def open(self, address: str) -> Visitor:
        return self._settle(self.client.get(urljoin(self.address, address), follow=True), address)

    def follow(self, words: str) -> Visitor:
        """The first link whose text holds ``words``."""
        for link in self.page.find_all("a", href=True):
            if words in " ".join(link.get_text(" ").split()):
                return self.open(str(link["href"]))
        raise AssertionError(f"no link says {words!r} at {self.address}")

    def submit(self, having: str = "", **fields: Any) -> Visitor:
        """Fill and send the form that has a field or action named ``having`` (else the first given field)."""
        form = self._form(having or next(iter(fields)))
        data = {**_preset(form), **fields}
        address = urljoin(self.address, str(form.get("action") or self.address))
        send = self.client.get if str(form.get("method", "get")).lower() == "get" else self.client.post
        return self._settle(send(address, data, follow=True), address)

    @property
    def text(self) -> str:
        return " ".join(self.page.get_text(" ").split())

    def sees(self, *words: str) -> bool:
        """Whether the page's own part says all of these; the header names kinds of goods on every page."""
        main = self.page.find("main") or self.page
        said = " ".join(main.get_text(" ").split())
        return all(word in said for word in words)

    def _form(self, name: str) -> Tag:
        within = self.page.find("main") or self.page
        forms: list[Tag] = list(within.find_all("form")) if isinstance(within, Tag) else []
        for form in forms:
            if name in str(form.get("action", "")) or form.find(attrs={"name": name}):
                return form
        raise AssertionError(f"no form has {name!r} at {self.address}: {self.text[:300]}")

    def _settle(self, response: Any, address: str) -> Visitor:
        assert response.status_code == 200, f"{address} answered {response.status_code}"
        self.address = response.request["PATH_INFO"]
        self.page = BeautifulSoup(response.content, "html.parser")
        return self


def _preset(form: Tag) -> dict[str, Any]:
    """What the form would send untouched."""
    data: dict[str, Any] = {}
    for field in form.find_all(["input", "textarea", "select"]):
        name, kind = str(field.get("name") or ""), field.get("type", "text")
        if not name or field.has_attr("disabled") or kind in ("submit", "file", "image"):
            continue
        if kind in ("checkbox", "radio"):
            if field.has_attr("checked"):
                data.setdefault(name, []).append(field.get("value", "on"))
        elif field.name == "select":
            data[name] = [option.get("value", "") for option in field.find_all("option", selected=True)]
        else:
            data[name] = field.get("value", "") if field.name == "input" else field.get_text()
    return data
