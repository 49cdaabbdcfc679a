"""What every page owes to a keyboard, a screen reader and a small phone, read from its HTML."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import pairwise

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
UNLABELLED = {"hidden", "submit", "button", "image"}


class Outline(HTMLParser):
    """The elements of a page, each with its attributes, its parents' tags and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[dict] = []
        self.open: list[dict] = []
        self.unclosed: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        element = {"tag": tag, "attrs": dict(attrs), "inside": [e["tag"] for e in self.open], "text": ""}
        self.elements.append(element)
        if tag == "img":
            self.handle_data(element["attrs"].get("alt") or "")
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag):
        while self.open and self.open[-1]["tag"] != tag and self.open[-1]["tag"] in {"p", "li", "dt", "dd", "option"}:
            self.open.pop()
        if self.open and self.open[-1]["tag"] == tag:
            self.open.pop()
        elif tag not in {"svg", "path", "rect", "g", "text", "title", "line", "circle", "polyline"}:
            self.unclosed.append(tag)

    def handle_data(self, data):
        for element in self.open:
            element["text"] += data

    def all(self, *tags: str) -> list[dict]:
        return [element for element in self.elements if element["tag"] in tags]


def problems(html: str) -> list[str]:
    """Every fault found; an empty list is a page that keeps the rules."""
    page = Outline(html)
    return [
        *(f"</{tag}> closes nothing" for tag in page.unclosed),
        *_frame(page),
        *_pictures(page),
        *_fields(page),
        *_names(page),
        *_ids(page),
    ]


def _frame(page: Outline) -> list[str]:
    found = []
    if page.all("html")[0]["attrs"].get("lang") not in {"vi", "en"}:
        found.append("the page does not say its language")
    for tag in ("h1", "main", "title"):
        count = len([e for e in page.all(tag) if "svg" not in e["inside"]])
        if count != 1:
            found.append(f"{count} <{tag}> instead of one")
    levels = [int(e["tag"][1]) for e in page.all("h1", "h2", "h3", "h4") if "main" in e["inside"]]
    found += [f"h{low} is followed by h{high}" for low, high in pairwise(levels) if high > low + 1]
    found += [f"style attribute on <{e['tag']}>" for e in page.elements if "style" in e["attrs"]]
    return found


def _pictures(page: Outline) -> list[str]:
    images = page.all("img")
    return [
        *(f"image without alt: {e['attrs'].get('src')}" for e in images if "alt" not in e["attrs"]),
        *(
            f"image without its size: {e['attrs'].get('src')}"
            for e in images
            if not {"width", "height"} <= e["attrs"].keys()
        ),
    ]


def _fields(page: Outline) -> list[str]:
    labelled = {e["attrs"].get("for") for e in page.all("label") if e["text"].strip()}
    found = []
    for field in page.all("input", "select", "textarea"):
        attrs = field["attrs"]
        if attrs.get("type") in UNLABELLED or attrs.get("aria-label") or attrs.get("aria-labelledby"):
            continue
        if attrs.get("id") not in labelled and "label" not in field["inside"]:
            found.append(f"field without a label: {attrs.get('name')}")
    return found


def _names(page: Outline) -> list[str]:
    nameless = [e for e in page.all("a", "button") if not e["text"].strip() and not e["attrs"].get("aria-label")]
    return [f"<{e['tag']}> without a name: {e['attrs']}" for e in nameless]


def _ids(page: Outline) -> list[str]:
    ids = [e["attrs"]["id"] for e in page.elements if "id" in e["attrs"]]
    found = [f"id used twice: {name}" for name in sorted(set(ids)) if ids.count(name) > 1]
    for element in page.elements:
        for attribute in ("aria-describedby", "aria-labelledby", "for"):
            wanted = (element["attrs"].get(attribute) or "").split()
            found += [f"{attribute} points at nothing: {name}" for name in wanted if name not in ids]
    return found
