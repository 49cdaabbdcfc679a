"""The office at /quan-tri/, as operators use it: regional names kept by hand, and the way there."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.apps.registry import Apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command

from accounts.models import OPERATORS_GROUP
from core.models import AuditEntry
from search.engines import health
from search.models import SynonymRule
from search.receivers import grant_search_rules_to_operators
from tests.sign_in import sign_in

LIST = "/quan-tri/search/synonymrule/"
WRITTEN = {"said": "huyền tinh", "means": "chè", "closeness": "same", "untoned": "auto", "is_active": "on"}


@pytest.fixture
def office(client, cast):
    return sign_in(client, cast.operator)


def found(client, text):
    return [card.title for card in client.get("/tim/", {"q": text}).context["results"].cards]


def add(office, **changes: str):
    return office.post(f"{LIST}add/", WRITTEN | changes)


def test_a_name_written_changed_and_taken_back_is_live_with_the_next_search(office, indexed):
    assert office.get(LIST).status_code == 200
    assert found(office, "huyền tinh") == []
    assert add(office).url == LIST
    assert found(office, "huyền tinh") == [indexed.title]
    rule = SynonymRule.objects.get()
    office.post(f"{LIST}{rule.pk}/change/", WRITTEN | {"means": "dong riềng"})
    assert found(office, "huyền tinh") == []
    office.post(f"{LIST}{rule.pk}/delete/", {"post": "yes"})
    assert not SynonymRule.objects.exists()


@pytest.mark.parametrize("typed", ["huyền", "huyen tinh", "TINH che", "hue"])
def test_a_name_is_found_with_and_without_tones(office, typed):
    add(office, note="Huế")
    add(office, said="dứa", means="thơm")
    found = office.get(LIST, {"q": typed}).context["cl"].result_list
    assert [rule.said for rule in found] == ["huyền tinh"]


def test_what_a_name_said_before_stays_known(office, cast):
    add(office)
    rule = SynonymRule.objects.get()
    office.post(f"{LIST}{rule.pk}/change/", WRITTEN | {"means": "trà", "note": "Huế"})
    changed = AuditEntry.objects.filter(action="save_synonym_rule").latest("pk")
    assert (changed.actor, changed.changes) == (cast.operator, {"means": ["chè", "trà"], "note": ["", "Huế"]})


@pytest.mark.parametrize("again", [{"said": "Huyền  Tinh"}, {"said": "HUYÊ\u0300N TINH", "means": "Chè"}])
def test_the_same_name_is_not_kept_twice(office, again):
    add(office)
    page = add(office, **again).content.decode()
    assert "Đã có tên gọi này: huyền tinh → chè" in page
    assert SynonymRule.objects.count() == 1


def test_a_kept_name_is_no_double_of_itself(office):
    add(office)
    rule = SynonymRule.objects.get()
    assert office.post(f"{LIST}{rule.pk}/change/", WRITTEN | {"said": "Huyền tinh"}).url == LIST
    assert SynonymRule.objects.get().said == "Huyền tinh"


@pytest.mark.parametrize(("field", "typed"), [("said", "!!!"), ("means", "…")])
def test_a_name_without_letters_is_told_so_in_vietnamese(office, field, typed):
    page = add(office, **{field: typed})
    assert list(page.context["adminform"].form.errors) == [field]
    body = page.content.decode()
    assert "Tên gọi phải có chữ" in body
    assert "Please correct" not in body


@pytest.mark.parametrize("who", ["province_officer", "commune_officer"])
def test_staff_who_are_not_operators_keep_no_names(client, cast, who):
    sign_in(client, getattr(cast, who))
    assert client.get(LIST).status_code == 403
    assert add(client).status_code == 403


def test_a_site_that_stands_already_gets_the_right_at_its_next_migrate(office):
    group = Group.objects.get(name=OPERATORS_GROUP)
    group.permissions.clear()
    assert office.get(LIST).status_code == 403
    call_command("migrate", verbosity=0)
    assert office.get(LIST).status_code == 200


def test_the_operators_own_page_leads_to_names_and_engines(office, client, cast):
    page = office.get("/tai-khoan/").content.decode()
    assert f'href="{LIST}"' in page
    assert 'href="/tim/tinh-trang/"' in page
    others = sign_in(client, cast.province_officer).get("/tai-khoan/").content.decode()
    assert LIST not in others
    assert "/tim/tinh-trang/" not in others


def test_an_engine_that_is_down_is_said_on_the_operators_own_page_until_it_is_up(client, cast, now):
    [name] = settings.SEARCH_ENGINES
    health.record_down(name, now, "away")
    words = f"Máy tìm kiếm {name} không trả lời"
    assert words not in sign_in(client, cast.province_officer).get("/tai-khoan/").content.decode()
    assert words in sign_in(client, cast.operator).get("/tai-khoan/").content.decode()
    health.record_up(name, now)
    assert words not in client.get("/tai-khoan/").content.decode()


def test_who_migrates_step_by_step_is_not_stopped(db):
    grant_search_rules_to_operators(apps.get_app_config("search"), apps=Apps())
    assert Group.objects.filter(name=OPERATORS_GROUP).exists()
