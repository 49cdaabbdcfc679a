"""What every answer says of itself, and what no answer gives: files of the machinery, what was sent, codes to guess."""

from __future__ import annotations

import ast
import re

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.architecture.source import ROOT, project_files, trees
from tests.doors import declared, routes
from tests.sign_in import sign_in

#: files whose chance decides nothing that somebody could gain by guessing; the last draws pauses
MAY_DRAW = ("bench/", "demo/", "tests/", "core/transactions.py")


def test_every_answer_with_a_body_says_its_type_and_charset(cast):
    """Of every route, to the first of those it is for; files say their own kind."""
    silent, looked_at = [], 0
    for name, door in declared().items():
        if not door.audience.welcome:
            continue  # for programs with a token: their answers are JSON
        with transaction.atomic():
            door.prepare(cast)
            try:
                where = reverse(name, kwargs=door.kwargs(cast))
            except NoReverseMatch:
                where = name
            client = sign_in(Client(), getattr(cast, door.audience.welcome[0]))
            answer = getattr(client, door.method)(where, door.data)
            kind = answer.headers.get("Content-Type", "")
            has_body = answer.streaming or bool(answer.content)
            looked_at += has_body
            if has_body and (not kind or (kind.startswith(("text/html", "text/plain")) and "charset=" not in kind)):
                silent.append((name, kind))
            transaction.set_rollback(True)
    assert looked_at > 50
    assert not silent


@pytest.mark.parametrize(
    "path",
    [
        *("/.git/config", "/.env", "/manage.py", "/var/marketplace.sqlite3", "/marketplace/settings/base.py"),
        *("/static/", "/media/", "/static/../.env", "/media/../private/", "/media/%2e%2e/marketplace.sqlite3"),
    ],
)
def test_nothing_of_the_machinery_can_be_fetched(client, db, path):
    assert client.get(path).status_code == 404


NUMBERED = sorted(pattern for _name, pattern in routes() if "<int:" in pattern or r"\d+" in pattern)


@pytest.mark.parametrize("number", ["9" * 30, "0", "00000000000000000001"])
def test_a_number_that_no_row_can_have_is_no_failure(cast, number):
    """In every address that takes a number, by everybody who gets as far as reading it."""
    failed = []
    for who in ("head", "leader", "operator"):
        client = sign_in(Client(raise_request_exception=False), getattr(cast, who))
        for pattern in NUMBERED:
            path = re.sub(r"<int:\w+>|\(\?P<\w+>\\d\+\)", number, pattern)
            path = re.sub(r"<str:code>|\(\?P<code>[^)]*\)", cast.household.code, path)
            path = re.sub(r"\(\?P<\w+>\(?([\w-]+)[^)]*\)+|<\w+:\w+>|[\^$]", r"\1", path).replace("//", "/x/")
            for method in ("get", "post"):
                if getattr(client, method)(path).status_code >= 500:
                    failed.append((who, method, path))
    assert not failed


@pytest.mark.parametrize("path", ["/", "/dang-nhap/", "/tim/", "/don-hang/"])
def test_trace_sends_nothing_back(client, db, path):
    answer = client.trace(path, headers={"x-secret-of-the-visitor": "drop-of-tea"})
    assert b"drop-of-tea" not in answer.content


def imported_modules(tree: ast.AST) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def test_no_code_of_the_product_draws_from_a_guessable_generator():
    """Tokens, codes and keys come from ``secrets``."""
    drawing = {path for path, tree in trees().items() if "random" in imported_modules(tree)}
    assert not [path for path in drawing if not path.startswith(MAY_DRAW)]


#: scripts that read or keep something in the browser, and why nothing of it is told to whoever finds the phone
KEEPING = {
    "onboarding/field/static/field/dom.js": "the language",
    "onboarding/field/static/field/server.js": "reads the cookie of the form token, keeps nothing",
    "onboarding/field/static/field/vendor/idb-8.0.4.js": "the field app's store, encrypted (docs/adr/0041)",
    "onboarding/field/templates/field/worker.js": "the app's own files",
    "static/js/product.js": "addresses and titles of public listings that were looked at",
}


def test_scripts_keep_in_the_browser_only_what_is_declared():
    scripts = [name for name in project_files() if name.endswith((".js", ".html")) and not name.startswith("tests/")]
    stores = ("localStorage", "sessionStorage", "indexedDB", "document.cookie", "caches.open")
    texts = {name: (ROOT / name).read_text(encoding="utf-8") for name in scripts}
    assert texts
    assert {name for name, text in texts.items() if any(store in text for store in stores)} == set(KEEPING)
