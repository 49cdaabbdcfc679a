"""What was typed when a door closed is given back to its person, for a while, without secrets, and to nobody else."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django import forms
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts.second_factor import current_totp_code, enrol_totp
from accounts.unsent_forms import MAX_BYTES, MAX_FORMS, SECRET_NAME
from households.services import withdraw_mandate
from tests.accounts.walk import CODE, PASSWORD, SECOND_FACTOR, SECRET, SIGN_IN, STAFF_PASSWORD, code_sent_to
from tests.factories.orders import make_listing
from tests.filled_forms import forms_on
from tests.sign_in import sign_in

STALE = {"csrfmiddlewaretoken": "a" * 64}
"""A form token that is too old."""
HERE = {"HTTP_ORIGIN": "http://testserver"}
STORY = "Nhà tôi trồng chè đã ba đời."


@pytest.fixture
def edit(cast) -> str:
    """The page on which a household writes its storefront."""
    return f"/ho/{cast.household.code}/gian-hang/"


def send_signed_out(client: Client, page: str, words: dict, **headers: str) -> str:
    """Send the form after the session has ended; the address to which signing in would lead."""
    client.get(page)
    client.session.delete()
    del client.cookies[settings.SESSION_COOKIE_NAME]
    refused = client.post(page, words, **(headers or HERE))
    assert refused.status_code == 302
    return parse_qs(urlsplit(refused.url).query)["next"][0]


def shows_story(page) -> bool:
    return STORY in page.content.decode()


def test_a_household_gets_its_words_back_by_the_code_from_its_phone(cast, edit):
    client = sign_in(Client(), cast.head)
    back = send_signed_out(client, edit, {"name": "Chè Hoa", "story": STORY, "version": "1"})
    client.post(SIGN_IN, {"phone": cast.head.phone, "next": back})
    page = client.post(CODE, {"action": "verify", "code": code_sent_to(cast.head.phone), "next": back}, follow=True)
    assert page.request["PATH_INFO"] == edit
    assert shows_story(page)
    [form] = [form for form in forms_on(page.content.decode(), edit) if "story" in form.fields]
    assert client.post(edit, form.as_it_stands(), **HERE).status_code == 302
    cast.household.refresh_from_db()
    assert cast.household.story == STORY
    assert client.get(back).url == edit, "what was sent in the end is kept no more"


def test_staff_get_their_words_back_after_password_and_app(cast):
    enrol_totp(user=cast.operator, secret=SECRET)
    client, page = sign_in(Client(), cast.operator), f"/van-hanh/nguoi/{cast.stranger.pk}/"
    client.get(page)
    client.session.delete()
    refused = client.post(f"{page}khoa/", {"reason": STORY}, HTTP_REFERER=f"http://testserver{page}", **HERE)
    assert urlsplit(refused.url).path == PASSWORD
    back = parse_qs(urlsplit(refused.url).query)["next"][0]
    client.post(SIGN_IN, {"phone": cast.operator.phone, "next": back})
    led = client.post(CODE, {"action": "verify", "code": code_sent_to(cast.operator.phone), "next": back})
    assert parse_qs(urlsplit(led.url).query)["next"] == [back]
    client.post(PASSWORD, {"login": cast.operator.phone, "password": STAFF_PASSWORD, "next": back})
    shown = client.post(SECOND_FACTOR, {"code": current_totp_code(cast.operator, timezone.now())}, follow=True)
    assert shown.request["PATH_INFO"] == page
    assert shows_story(shown)


def test_another_person_at_the_same_phone_sees_nothing(cast, edit):
    client = sign_in(Client(), cast.head)
    back = send_signed_out(client, edit, {"name": "Chè Hoa", "story": STORY, "version": "1"})
    other = Client()
    other.cookies = deepcopy(client.cookies)
    assert not shows_story(client.get(back, follow=True)), "who has not signed in"
    sign_in(other, cast.buyer)
    assert other.get(back).url == edit
    assert not shows_story(other.get(back, follow=True))
    assert not shows_story(sign_in(Client(), cast.head).get(back, follow=True)), "another browser"


def test_words_of_somebody_who_was_known_are_not_shown_on_a_public_page_before_signing_in(cast):
    listing = make_listing(cast.household)
    client = sign_in(Client(enforce_csrf_checks=True), cast.buyer)
    page = client.get(f"/san-pham/{listing.slug}_{listing.pk}/")
    referer = {"HTTP_REFERER": f"http://testserver{page.request['PATH_INFO']}"}
    client.get("/tai-khoan/")
    client.session.delete()
    del client.cookies[settings.SESSION_COOKIE_NAME]
    client.post(f"/gio-hang/them/{listing.pk}/", {"quantity": "7"} | STALE, **HERE, **referer)
    [unsent] = client.session["unsent_forms"]
    asked = client.get(f"{unsent['page']}?chua-gui={unsent['token']}")
    assert urlsplit(asked.url).path == SIGN_IN


def test_a_guest_gets_the_recipient_back_after_a_form_token_that_is_too_old(cast):
    listing = make_listing(cast.household)
    client = Client(enforce_csrf_checks=True)
    product = client.get(f"/san-pham/{listing.slug}_{listing.pk}/")
    [adding] = [form for form in forms_on(product.content.decode(), "/") if form.action.startswith("/gio-hang/them/")]
    client.post(adding.action, adding.as_it_stands(), **HERE)
    words = {"phone": "0912 777 001", "name": "Đỗ Thị Mai", "commune": "Tân Cương, Thái Nguyên", "address": "Xóm Nam"}
    refused = client.post("/dat-hang/", words | STALE, HTTP_REFERER="http://testserver/dat-hang/", **HERE)
    assert refused.status_code == 403
    assert "Đỗ Thị Mai" in refused.content.decode()
    [unsent] = client.session["unsent_forms"]
    page = client.get(f"/dat-hang/?chua-gui={unsent['token']}").content.decode()
    [form] = [form for form in forms_on(page, "/dat-hang/") if "name" in form.fields]
    assert {name: form.fields[name].values[0] for name in words} == words


def test_words_wait_for_two_hours_and_no_longer(cast, edit):
    words = {"name": "Chè Hoa", "story": STORY, "version": "1"}
    moment = timezone.now()
    with time_machine.travel(moment, tick=False) as clock:
        client = sign_in(Client(), cast.head)
        back = send_signed_out(client, edit, words)
        sign_in(client, cast.head)
        clock.move_to(moment + timedelta(hours=2) - timedelta(seconds=1))
        assert shows_story(client.get(back))
        clock.move_to(moment + timedelta(hours=2))
        assert client.get(back).url == edit


def test_a_mandate_that_ends_meanwhile_loses_no_word(cast, now):
    listing = make_listing(cast.household)
    client, page = sign_in(Client(), cast.volunteer), f"/san-hang/{listing.pk}/sua/"
    [form] = [form for form in forms_on(client.get(page).content.decode(), page) if "title" in form.fields]
    withdraw_mandate(mandate=cast.mandate, actor=cast.head, now=timezone.now())
    refused = client.post(page, form.as_it_stands() | {"description": [STORY]}, **HERE)
    assert refused.status_code in (403, 404)
    assert shows_story(refused)


def test_who_may_not_at_all_can_still_copy_what_was_typed(cast):
    client = sign_in(Client(), cast.head)
    refused = client.post(f"/van-hanh/nguoi/{cast.stranger.pk}/khoa/", {"reason": STORY}, **HERE)
    assert refused.status_code == 403
    assert shows_story(refused)


def test_nothing_is_kept_of_the_pages_of_signing_in(cast):
    client = Client(enforce_csrf_checks=True)
    assert client.post(PASSWORD, {"login": cast.operator.phone} | STALE, **HERE).status_code == 403
    assert client.post(SIGN_IN, {"phone": cast.head.phone} | STALE, **HERE).status_code == 403
    assert "unsent_forms" not in client.session


@pytest.mark.parametrize("origin", ["https://khac.example", "null", ""])
def test_another_site_puts_no_words_into_our_forms(cast, edit, origin):
    client = sign_in(Client(), cast.head)
    more = {"HTTP_ORIGIN": origin} if origin else {"HTTP_REFERER": "https://khac.example/"}
    assert send_signed_out(client, edit, {"name": "Chè Hoa", "story": STORY}, **more) == edit
    assert "unsent_forms" not in client.session


def test_too_many_words_are_not_kept(cast, edit):
    client = sign_in(Client(), cast.head)
    assert send_signed_out(client, edit, {"name": "Chè Hoa", "story": "x" * MAX_BYTES}) == edit
    for _again in range(MAX_FORMS + 2):
        client.post(edit, {"name": "Chè Hoa", "story": STORY}, **HERE)
    assert len(client.session["unsent_forms"]) == MAX_FORMS


def test_secrets_and_files_are_never_kept(cast, edit):
    client = sign_in(Client(), cast.head)
    words = {"name": "Chè Hoa", "code": "123456", "password": "bi-mat", "csrfmiddlewaretoken": "x"}
    back = send_signed_out(client, edit, words)
    [unsent] = client.session["unsent_forms"]
    assert (unsent["words"], unsent["has_files"]) == ({"name": ["Chè Hoa"]}, False)
    assert back.endswith(unsent["token"])
    client.post(PASSWORD, {"login": cast.operator.phone, "password": "bi-mat"}, **HERE)
    client.post(SIGN_IN, {"phone": cast.head.phone} | STALE, **HERE)
    assert "bi-mat" not in str([session.get_decoded() for session in Session.objects.all()])


def test_every_field_for_secrets_has_a_name_that_is_not_kept():
    kinds, left = {forms.BaseForm}, [forms.BaseForm]
    while left:
        new = set(left.pop().__subclasses__()) - kinds
        kinds |= new
        left += new
    secret = {
        name
        for kind in kinds
        for name, field in getattr(kind, "base_fields", {}).items()
        if isinstance(field.widget, forms.PasswordInput)
        or field.widget.attrs.get("autocomplete", "").startswith(("one-time", "current-p", "new-p", "cc-"))
    }
    assert {"password", "code"} <= secret
    assert not [name for name in secret if not SECRET_NAME.search(name)]
