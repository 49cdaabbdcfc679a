"""Steps of signing in, through HTTP."""

from __future__ import annotations

import re

from django.http import HttpResponse
from django.test import Client

from messaging.models import OutgoingMessage

SIGN_IN, CODE, PASSWORD = "/dang-nhap/", "/dang-nhap/ma/", "/dang-nhap/mat-khau/"
SECOND_FACTOR, ACCOUNT = "/dang-nhap/xac-thuc/", "/tai-khoan/"
STAFF_PASSWORD = "operator-password"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def english_client() -> Client:
    """A browser that chose English at the switch."""
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def ask_for_code(client: Client, phone: str, **extra: str) -> HttpResponse:
    return client.post(SIGN_IN, {"phone": phone, **extra})


def code_sent_to(phone: str) -> str:
    text = OutgoingMessage.objects.filter(phone=phone).latest("pk").text
    return re.search(r"\b\d{6}\b", text)[0]


def long_code_sent_to(phone: str) -> str:
    text = OutgoingMessage.objects.filter(phone=phone).latest("pk").text
    return re.search(r"\b(?:\d{3}-){5}\d{3}\b", text)[0]


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def give_code(client: Client, code: str) -> HttpResponse:
    return client.post(CODE, {"action": "verify", "code": code}, follow=True)


def give_password(client: Client, phone: str, password: str = STAFF_PASSWORD, target: str = "") -> HttpResponse:
    return client.post(PASSWORD, {"login": phone, "password": password, "next": target}, follow=True)


def who(client: Client) -> str | None:
    """The id of the signed-in user, as the session keeps it."""
    return client.session.get("_auth_user_id")
