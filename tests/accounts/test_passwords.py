"""The passwords of staff: as long and as odd as they like, and none that everybody guesses first."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import User
from tests.sign_in import sign_in


def change(client: Client, new: str, old: str = "operator-password"):
    typed = {"old_password": old, "new_password1": new, "new_password2": new}
    return client.post("/tai-khoan/mat-khau/", typed)


@pytest.mark.parametrize(
    "password",
    [
        "đồi chè xanh ngút ngàn",
        "  khoảng trắng hai đầu  ",
        "KHÔNG ĐỔI CHỮ hoa",
        "🌱🍃🍵🫖🌾🍚🍊🥭🍍🐝",
        "x9" * 64,
        "aaaaaaaaaabbbbbbbbbb",
    ],
)
def test_password_of_any_kind_is_taken_exactly_as_it_is_typed(client, cast, password):
    sign_in(client, cast.operator)
    assert change(client, password).status_code == 302
    operator = User.objects.get(pk=cast.operator.pk)
    assert operator.check_password(password)
    signing_in = {"login": operator.phone, "password": password}
    assert Client().post("/dang-nhap/mat-khau/", signing_in).status_code == 302
    for near in (password.strip(), password.lower(), password[:72]):
        if near != password:
            assert Client().post("/dang-nhap/mat-khau/", signing_in | {"password": near}).status_code == 200


def test_old_password_is_asked_for(client, cast):
    sign_in(client, cast.operator)
    assert change(client, "đồi chè xanh ngút ngàn", old="something-else").status_code == 200
    assert User.objects.get(pk=cast.operator.pk).check_password("operator-password")


@pytest.mark.parametrize(
    "password",
    [
        *("ngan qua", "1234567890", "qwertyuiop", "password123"),
        *("chonhanong2026", "Chợ Nhà Nông 26", "operator-admin", "canbo.vanhanh"),
        *("0912009999", "+84912009999", "van hanh 0912009999"),
    ],
)
def test_password_that_is_guessed_first_is_refused(cast, password):
    with pytest.raises(ValidationError):
        validate_password(password, cast.operator)


def test_password_field_hides_what_is_typed_and_lets_managers_fill_it_in(client, db):
    page = client.get("/dang-nhap/mat-khau/").content.decode()
    field = page[page.index('name="password"') - 120 : page.index('name="password"') + 200]
    assert 'type="password"' in field
    assert 'autocomplete="current-password"' in field
    assert "onpaste" not in page
