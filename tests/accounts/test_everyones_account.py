"""What each of the cast reads on the account page: its own roles, its own workspaces."""

from __future__ import annotations

import pytest

from accounts.workspaces import roles_of, workspaces_for
from tests.sign_in import sign_in


@pytest.mark.parametrize(
    ("who", "roles"),
    [
        ("head", ["chủ hộ Trà nhà Hoa"]),
        ("volunteer", ["thành viên tổ, Tổ Hồng Thái"]),
        ("leader", ["tổ trưởng, Tổ Hồng Thái"]),
        ("commune_officer", ["cán bộ xã Tân Cương"]),
        ("province_officer", ["cán bộ tỉnh Thái Nguyên"]),
        ("operator", ["ban vận hành"]),
        ("buyer", []),
    ],
)
def test_roles_are_said_in_words(cast, now, who, roles):
    assert roles_of(getattr(cast, who), now) == roles


@pytest.mark.parametrize(
    ("who", "address", "is_there"),
    [
        ("province_officer", "/bao-cao/", True),
        ("leader", "/bao-cao/", True),
        ("volunteer", "/bao-cao/", False),
        ("operator", "/van-hanh/", True),
        ("operator", "/noi-dung/", True),
        ("province_officer", "/van-hanh/", False),
        ("stranger", "/noi-dung/", False),
    ],
)
def test_workspaces_are_shown_to_those_who_may_enter(client, cast, who, address, is_there):
    page = sign_in(client, getattr(cast, who)).get("/tai-khoan/").content.decode()
    assert (f'href="{address}"' in page) is is_there


@pytest.mark.parametrize(
    ("who", "names"), [("operator", {"Văn phòng vận hành", "Trang của sàn"}), ("province_officer", {"Số liệu"})]
)
def test_workspaces_are_called_by_their_names(cast, now, who, names):
    assert names <= {str(workspace.label) for workspace in workspaces_for(getattr(cast, who), now)}


def test_asking_for_roles_and_workspaces_costs_the_same_for_everyone(cast, now, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        roles_of(cast.head, now)
        workspaces_for(cast.head, now)
