"""The account page: who I am, where I work, my name."""

from __future__ import annotations

import pytest

from accounts import workspaces
from accounts.models import User
from tests.sign_in import sign_in


@pytest.fixture
def _entries(monkeypatch):
    monkeypatch.setattr(workspaces, "_workspaces", [])
    monkeypatch.setattr(workspaces, "_role_readers", [])
    workspaces.register("Tin nhắn", "messaging:outbox", lambda user, now: user.full_name == "Nguyễn Thị Hoa")
    workspaces.register_roles(lambda user, now: ["chủ hộ Trà nhà Hoa"] if user.full_name == "Nguyễn Thị Hoa" else [])


@pytest.mark.usefixtures("_entries")
def test_account_shows_my_roles_and_workspaces_and_not_anothers(client, cast):
    mine = sign_in(client, cast.head).get("/tai-khoan/").content.decode()
    assert "0912 000 001" in mine
    assert "chủ hộ Trà nhà Hoa" in mine
    assert 'href="/hop-tin/"' in mine
    others = sign_in(client, cast.stranger).get("/tai-khoan/").content.decode()
    assert "Trà nhà Hoa" not in others
    assert 'href="/hop-tin/"' not in others


def test_name_is_changed_by_its_owner(client, cast):
    sign_in(client, cast.buyer).post("/tai-khoan/", {"full_name": "Đỗ Thị Mai"})
    assert User.objects.get(pk=cast.buyer.pk).full_name == "Đỗ Thị Mai"


def test_empty_name_is_asked_again(client, cast):
    page = sign_in(client, cast.buyer).post("/tai-khoan/", {"full_name": "  "})
    assert page.context["form"].errors
    assert User.objects.get(pk=cast.buyer.pk).full_name == "Người mua"


def test_staff_change_their_password(client, cast):
    sign_in(client, cast.operator)
    new = {"old_password": "operator-password", "new_password1": "che-xanh-thai", "new_password2": "che-xanh-thai"}
    assert client.post("/tai-khoan/mat-khau/", new).url == "/tai-khoan/"
    assert User.objects.get(pk=cast.operator.pk).check_password("che-xanh-thai")
