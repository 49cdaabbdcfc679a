"""The editor opens to editors and operators with their second factor, and to nobody else."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from content.access import EDITORS_GROUP, is_editor
from content.models import HomePage
from tests.factories.catalog import draft
from tests.sign_in import sign_in


@pytest.fixture
def editor(cast, home):
    user = cast.stranger
    user.is_staff = True
    user.save()
    user.groups.add(Group.objects.get(name=EDITORS_GROUP))
    return user


def test_an_editor_sees_the_tree_and_edits_a_page(client, editor, home):
    sign_in(client, editor)
    assert client.get("/noi-dung/").status_code == 200
    assert client.get(f"/noi-dung/pages/{home.pk}/edit/").status_code == 200


def test_a_code_by_phone_is_not_enough_for_an_editor(client, editor):
    sign_in(client, editor, second_factor=False)
    assert client.get("/noi-dung/").status_code == 302


@pytest.mark.parametrize("who", ["head", "volunteer", "buyer"])
def test_others_are_refused(cast, home, who):
    assert sign_in(Client(), getattr(cast, who)).get("/noi-dung/").status_code == 403


@pytest.mark.parametrize("who", ["commune_officer", "province_officer"])
def test_staff_who_are_not_editors_are_turned_back(cast, home, who):
    answer = sign_in(Client(), getattr(cast, who)).get("/noi-dung/")
    assert answer.status_code == 302
    assert not is_editor(getattr(cast, who))


def test_only_what_buyers_see_is_offered_to_choose(client, editor, tea, acting, now):
    draft(acting, now, title="Chưa bán")
    page = sign_in(client, editor).get("/noi-dung/listing-chooser/").json()["html"]
    assert "Chè Tân Cương" in page
    assert "Chưa bán" not in page


def test_what_an_editor_publishes_is_on_the_page(client, editor, home):
    home.title = "Chợ phiên tháng Mười"
    home.save_revision(user=editor).publish()
    assert "Chợ phiên tháng Mười" in client.get("/").content.decode()
    assert HomePage.objects.get().live
