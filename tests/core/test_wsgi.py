"""A request in another encoding than UTF-8 is refused before Django meets it, whatever codec of Python it names."""

from __future__ import annotations

import codecs
from encodings.aliases import aliases
from importlib import import_module
from io import BytesIO

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import RequestFactory

from core.wsgi import is_readable, refuse_other_encodings

#: Python's codecs without an alias, and names that are no codec or no name at all.
NAMELESS = ("idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "palmos", "oem", "mbcs")
NO_CODECS = ("bogus", "\x00", "", "é", "utf-8\x00", "9" * 5000)
OTHERS = sorted({*aliases, *aliases.values(), *NAMELESS, *NO_CODECS} - {"utf8", "utf_8", "u8"})


def ask(application, kind: str, *, method: str = "GET") -> str:
    """The status line that the application begins to answer with; a form with a broken letter is what is sent."""
    environ = RequestFactory().generic(method, "/tim/", QUERY_STRING="q=%ff%2B2AA-").environ
    environ.update({"CONTENT_TYPE": kind, "CONTENT_LENGTH": "4", "wsgi.input": BytesIO(b"q=%f")})
    begun: list[str] = []
    answer = application(environ, lambda status, headers, exc_info=None: begun.append(status))
    assert b"".join(answer)
    return begun[0]


def never(environ, start_response):
    raise AssertionError(f"Django is asked: {environ['CONTENT_TYPE']!r}")


@pytest.mark.parametrize("form", ["text/plain; charset={}", 'multipart/form-data; boundary=b; charset="{}"'])
def test_no_codec_of_python_but_utf_8_reaches_django(form):
    asked = [name for name in OTHERS if codecs_name(name) != "utf-8"]
    assert len(asked) > 400
    for name in asked:
        assert ask(refuse_other_encodings(never), form.format(name)) == "400 Bad Request", name


def codecs_name(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""


@pytest.mark.parametrize("name", ["undefined", "idna", "hex", "bogus", "\x00"])
def test_nor_does_a_parameter_that_is_itself_written_in_one(name):
    assert ask(refuse_other_encodings(never), f"text/plain; title*={name}''%ff; charset=idna") == "400 Bad Request"
    assert ask(refuse_other_encodings(never), f"text/plain; charset*={name}''%ff") == "400 Bad Request"


@pytest.mark.parametrize("kind", ["", "text/plain", "text/plain; charset=UTF-8", "multipart/form-data; boundary=b"])
def test_what_our_pages_send_is_read(db, monkeypatch, kind):
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)  # the test's transaction goes on
    assert is_readable(kind)
    assert ask(refuse_other_encodings(WSGIHandler()), kind) == "200 OK"


def test_the_servers_application_refuses_them(db):
    """``make run`` serves another one: tests/marketplace/test_start.py."""
    assert ask(import_module("marketplace.wsgi").application, "text/plain; charset=idna") == "400 Bad Request"
