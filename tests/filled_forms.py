"""The forms of a page as a browser has them: their fields, what stands in them, and what a person might type."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

WRITTEN = {"text", "tel", "search", "number", "date", "email", "url", "textarea"}
NOT_SENT = {"submit", "button", "image", "reset", "file"}
#: What a person might type into a field of this name or kind; anything else gets words.
PLAUSIBLE = {
    "commune": "Tân Cương, Thái Nguyên",
    "origin_commune_id": "Tân Cương, Thái Nguyên",
    "phone": "0912 777 001",
    "price": "120.000",
    "stock": "40",
    "quantity": "2",
    "net_weight_g": "500 g",
    "pack_weight_g": "1,1 kg",
    "pieces": "12",
    "max_transit_days": "3",
    "issued_date": "20/05/2025",
    "expiry_date": "20/05/2027",
}
PLAUSIBLE_KINDS = {"date": "2026-05-20", "number": "2", "tel": "0912 777 001"}
WORDS = "Chữ đã gõ"


@dataclass
class Field:
    """``choices`` of a select or a group of radio buttons; ``values`` is what would be sent as it stands."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)

    @property
    def is_written(self) -> bool:
        return self.kind in WRITTEN


@dataclass
class Form:
    action: str
    method: str
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def as_it_stands(self) -> dict[str, list[str]]:
        """What the browser would send: every field, and the first button that has a name."""
        sent = {one.name: list(one.values) for one in self.fields.values() if one.kind not in NOT_SENT and one.values}
        return sent | {name: [value] for name, value in self.buttons[:1]}

    def filled(self) -> dict[str, list[str]]:
        """What a person might send who writes into every field and makes a choice where there is one."""
        sent = self.as_it_stands()
        for one in self.fields.values():
            if one.is_written:
                sent[one.name] = [PLAUSIBLE.get(one.name) or PLAUSIBLE_KINDS.get(one.kind) or WORDS]
            elif one.choices and (chosen := [choice for choice in one.choices if choice][-1:]):
                sent[one.name] = chosen
        return sent


class _Reader(HTMLParser):
    def __init__(self, html: str, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.open: Field | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = urljoin(self.address, given.get("action") or self.address)
            self.form = Form(action, given.get("method", "get").lower())
            self.forms.append(self.form)
        elif self.form is None:
            return
        elif tag == "option" and self.open is not None:
            self._offer(self.open, given, chosen="selected")
        elif tag == "button" and given.get("name"):
            self.form.buttons.append((given["name"], given.get("value", "")))
        elif tag in ("input", "textarea", "select") and given.get("name"):
            self._take(tag, given)

    def _take(self, tag: str, given: dict[str, str]) -> None:
        assert self.form is not None
        kind = given.get("type", "text") if tag == "input" else tag
        taken = self.form.fields.setdefault(given["name"], Field(given["name"], kind))
        if kind in ("checkbox", "radio"):
            self._offer(taken, {"value": "on"} | given, chosen="checked")
        elif tag == "input":
            taken.values = [given.get("value", "")]
        else:
            self.open = taken
            taken.values = [""] if tag == "textarea" else []

    @staticmethod
    def _offer(taken: Field, given: dict[str, str], *, chosen: str) -> None:
        taken.choices.append(given.get("value", ""))
        if chosen in given:
            taken.values.append(given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.open is not None and self.open.kind == "textarea":
            self.open.values[0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag in ("select", "textarea"):
            if self.open is not None and tag == "select" and not self.open.values:
                self.open.values = self.open.choices[:1]
            elif self.open is not None and tag == "textarea":
                self.open.values = [self.open.values[0].removeprefix("\n")]  # which HTML gives no meaning
            self.open = None


def forms_on(html: str, address: str) -> list[Form]:
    """Every form of the page at ``address``, in its order."""
    return _Reader(html, address).forms
