"""What nothing behind could read is answered before a view, and named to whoever sent it."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

NASTY_COOKIES = ["", "9" * 5000, "²", "-1", "ư".encode().decode("latin-1"), "a:b:c", "e30:1:x", "\\ud800", "%00"]


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("address", ["/gian-hang/a%00b/", "/tim/?q=a%00b", "/tim/?a%00b=che"])
def test_an_address_with_a_nul_is_refused(client, db, address):
    assert client.get(address).status_code == 400


@pytest.mark.parametrize(("number", "status"), [("9" * 18, 404), ("9" * 19, 404), ("9" * 30, 404), ("9" * 5000, 404)])
def test_a_number_beyond_every_column_names_nothing(client, db, number, status):
    assert client.get(f"/san-pham/che_{number}/").status_code == status


@pytest.mark.parametrize("value", NASTY_COOKIES)
def test_no_cookie_breaks_a_page(client, db, value):
    names = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME)
    for name in (*names, *settings.PERSONAL_COOKIES, "nguoi_dang_nhap_truoc"):
        client.cookies[name] = value
    for path in ("/", "/tim/", "/gio-hang/", "/dat-hang/", "/tai-khoan/", "/dang-nhap/"):
        assert client.get(path).status_code < 500
        assert client.post(path, {"q": "chè"}, HTTP_ORIGIN="http://testserver").status_code < 500
