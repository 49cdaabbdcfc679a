"""The team's workspace, walked as a volunteer walks it."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from core.models import AuditEntry
from households.models import Household
from onboarding.models import Consent, OnboardingCase, StepRecord
from tests.accessibility import problems
from tests.factories.households import HouseholdFactory, TeamFactory, TeamMemberFactory
from tests.factories.onboarding import CaseFactory, ConsentFactory
from tests.factories.orders import make_listing
from tests.sign_in import sign_in

NEW = {"head_name": "Ma Thị Thu", "village_name": "Xóm Hồng Thái", "storefront_name": ""}


@pytest.fixture
def volunteer(client, cast):
    return sign_in(client, cast.volunteer)


@pytest.fixture
def case(cast):
    return CaseFactory(household=cast.household, team=cast.team, opened_by=cast.volunteer)


def page(case, name: str, **more: object) -> str:
    return reverse(f"onboarding:{name}", kwargs={"pk": case.pk, **more})


def second_screen(volunteer, phone="0978 123 456"):
    response = volunteer.post(reverse("onboarding:case_new"), {"phone": phone})
    key = re.search(r'name="key" value="([^"]+)"', response.content.decode())
    return response, {**NEW, "phone": phone, "key": key and key.group(1)}


def test_case_is_opened_in_two_screens_with_a_key_of_its_own(volunteer):
    response, form = second_screen(volunteer)
    assert UUID(form["key"]).version == 7
    assertContains(response, "0978 123 456")
    opened = volunteer.post(reverse("onboarding:case_new"), form)
    case = OnboardingCase.objects.get()
    assertRedirects(opened, page(case, "case"))
    assert case.household.name == "Ma Thị Thu"
    volunteer.post(reverse("onboarding:case_new"), form)
    assert Household.objects.filter(phone="+84978123456").count() == 1


def test_used_phone_is_said_at_once_with_the_way_to_the_household(volunteer, cast):
    response = volunteer.post(reverse("onboarding:case_new"), {"phone": "84 912 000 001"})
    assertContains(response, "84 912 000 001")
    assertContains(response, reverse("onboarding:team_household", args=[cast.household.code]))


def test_used_phone_of_another_ground_names_no_household(volunteer, cast):
    response = volunteer.post(reverse("onboarding:case_new"), {"phone": cast.other_head.phone})
    assertContains(response, 'aria-invalid="true"')
    assertNotContains(response, cast.other_household.code)


def test_similar_name_in_the_village_asks_a_person_to_decide(volunteer):
    _response, form = second_screen(volunteer)
    form["head_name"] = "nguyen thi hoa"
    warned = volunteer.post(reverse("onboarding:case_new"), form)
    assertContains(warned, "Nguyễn Thị Hoa")
    assert not OnboardingCase.objects.exists()
    volunteer.post(reverse("onboarding:case_new"), {**form, "checked": "on"})
    assert OnboardingCase.objects.count() == 1


def test_form_with_a_fault_keeps_what_was_typed(volunteer):
    _response, form = second_screen(volunteer)
    response = volunteer.post(reverse("onboarding:case_new"), {**form, "phone": "0978", "head_name": "Ma Thị Thư"})
    assertContains(response, "Ma Thị Thư")
    assertContains(response, 'value="0978"')


def test_each_step_leads_to_the_next(volunteer, case):
    identity = {"version": 1, "head_name": "Nguyễn Thị Hoa", "phone": "0912000001"}
    identity |= {"village_name": "Xóm Hồng Thái", "known_by": "neighbour"}
    assertRedirects(volunteer.post(page(case, "identity"), identity), page(case, "consent"))
    assertRedirects(volunteer.post(page(case, "consent")), page(case, "consent_code"))
    left_out = volunteer.post(page(case, "leave_out", step="mandate"), {"why": "does_itself", "skip": ""})
    assertRedirects(left_out, page(case, "case"))
    assert dict(case.steps.values_list("step", "state")) == {"identity": "done", "mandate": "skipped"}


def test_consent_is_given_by_the_code_from_the_message(volunteer, case, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        volunteer.post(page(case, "consent"))
    code = re.search(r"\d{6}", sent[-1][1]).group()
    wrong = volunteer.post(page(case, "consent_code"), {"code": f"{(int(code) + 1) % 10**6:06}"})
    assertContains(wrong, "4")
    assert not Consent.objects.exists()
    volunteer.post(page(case, "consent_code"), {"code": code})
    assert Consent.objects.get().household == case.household
    assertNotContains(volunteer.get(page(case, "case")), code)


def test_storefront_step_opens_the_storefront(volunteer, case, cast):
    ConsentFactory(household=cast.household)
    Household.objects.update(is_selling=False)
    volunteer.post(page(case, "storefront"), {"version": 1, "name": "Chè Hoa", "story": "Ba đời làm chè."})
    cast.household.refresh_from_db()
    assert (cast.household.name, cast.household.is_selling) == ("Chè Hoa", True)


def test_second_editor_sees_both_versions_and_may_save_over(volunteer, case, cast):
    ConsentFactory(household=cast.household)
    Household.objects.update(name="Trà bà Hoa", version=2)
    mine = {"version": 1, "name": "Trà cô Hoa", "story": "Đồi chè nhà tôi."}
    response = volunteer.post(page(case, "storefront"), mine)
    for shown in ("Trà bà Hoa", "Trà cô Hoa", "Đồi chè nhà tôi.", 'name="version" value="2"'):
        assertContains(response, shown, status_code=409)
    volunteer.post(page(case, "storefront"), {**mine, "version": 2})
    assert Household.objects.get(pk=cast.household.pk).name == "Trà cô Hoa"


def test_step_put_off_without_words_is_asked_again(volunteer, case):
    url = page(case, "leave_out", step="identity")
    assertContains(volunteer.post(url, {"why": "other", "words": " ", "block": ""}), 'id="id_words_error"')
    assert not StepRecord.objects.exists()


def test_closed_case_has_no_step_pages(volunteer, case, now):
    OnboardingCase.objects.update(outcome="given_up", closed_at=now)
    assertRedirects(volunteer.get(page(case, "identity")), page(case, "case"))


def test_phone_is_masked_until_asked_for_and_the_asking_is_written_down(volunteer, cast):
    url = reverse("onboarding:team_household", args=[cast.household.code])
    assertContains(volunteer.get(url), "091••••001")
    shown = volunteer.post(reverse("onboarding:show_phone", args=[cast.household.code]), follow=True)
    assertContains(shown, "0912 000 001")
    assert AuditEntry.objects.get(action="read_phone").actor == cast.volunteer


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("tra nha hoa", True),
        ("NGUYEN thi", True),
        ("000 001", False),
        ("2000001", False),
        ("0987 000 001", False),
        ("0912 000 001", True),
        ("Hoa 0912000001", True),
        ("vai", False),
        ("☃", False),
    ],
)
def test_households_are_found_by_folded_name_and_phone(volunteer, cast, words, found):
    Household.objects.filter(pk=cast.household.pk).update(search_text="tra nha hoa nguyen thi hoa")
    response = volunteer.get(reverse("onboarding:team_households"), {"q": words})
    assert (cast.household.code in response.content.decode()) is found


def test_learning_whose_a_number_is_is_written_down(volunteer, cast):
    volunteer.get(reverse("onboarding:team_households"), {"q": "0912 000 002"})
    volunteer.get(reverse("onboarding:team_households"), {"q": "nguyen"})
    assert not AuditEntry.objects.filter(action="find_by_phone").exists()
    volunteer.get(reverse("onboarding:team_households"), {"q": "0912 000 001"})
    row = AuditEntry.objects.get(action="find_by_phone")
    assert (row.actor, row.household_code, row.team_id) == (cast.volunteer, cast.household.code, cast.team.pk)
    assert row.changes == {}


def test_identity_step_shows_the_whole_number_and_writes_it_down(volunteer, case, cast):
    page = volunteer.get(reverse("onboarding:identity", args=[case.pk]))
    assertContains(page, "0912 000 001")
    row = AuditEntry.objects.get(action="read_phone")
    assert (row.actor, row.household_code, row.team_id) == (cast.volunteer, case.household.code, cast.team.pk)


def test_household_is_found_by_its_code(volunteer, cast):
    household = HouseholdFactory(commune=cast.commune, village_name="Xóm Hồng Thái")
    response = volunteer.get(reverse("onboarding:team_households"), {"q": household.code.lower().replace("-", " ")})
    assertContains(response, household.name)
    assertNotContains(response, cast.household.name)


def test_person_of_two_teams_works_for_either(volunteer, cast):
    second = TeamMemberFactory(team=TeamFactory(), user=cast.volunteer).team
    there = HouseholdFactory(commune=second.commune)
    assertContains(volunteer.get(reverse("onboarding:team_households"), {"to": second.pk}), there.name)
    assertNotContains(volunteer.get(reverse("onboarding:team_households"), {"to": cast.team.pk}), there.name)


@pytest.mark.parametrize("name", ["team_home", "team_households"])
def test_lists_take_the_same_queries_however_long(volunteer, cast, name):
    def fill(count):
        for _each in range(count):
            place = {"commune": cast.commune, "village_name": "Xóm Hồng Thái"}
            case = CaseFactory(household=HouseholdFactory(**place), team=cast.team)
            StepRecord.objects.create(case=case, step="identity", state="done", recorded_at=case.opened_at)

    fill(1)
    with CaptureQueriesContext(connection) as few:
        volunteer.get(reverse(f"onboarding:{name}"))
    fill(8)
    with CaptureQueriesContext(connection) as many:
        volunteer.get(reverse(f"onboarding:{name}"))
    assert len(many) == len(few)


@pytest.mark.parametrize("name", ["case", "identity", "consent", "mandate", "mandate_paper", "storefront", "give_up"])
def test_case_pages_serve_keyboard_and_screen_reader(volunteer, case, name):
    assert problems(volunteer.get(page(case, name)).content.decode()) == []


def test_team_pages_serve_keyboard_and_screen_reader(volunteer, cast, case):
    sign_in(volunteer, cast.leader)
    for url in (
        reverse("onboarding:team_home"),
        reverse("onboarding:case_new"),
        reverse("onboarding:team_members"),
        reverse("onboarding:team_household", args=[cast.household.code]),
    ):
        assert problems(volunteer.get(url).content.decode()) == []


def test_finished_case_says_whether_the_household_is_on_the_market(client, cast, now):
    case = CaseFactory(household=cast.household, team=cast.team, outcome="finished", closed_at=now)
    sign_in(client, cast.volunteer)
    page = reverse("onboarding:case", args=[case.pk])
    assertContains(client.get(page), "chưa có mặt hàng nào đang bán")
    make_listing(cast.household)
    assertContains(client.get(page), "Hộ đã lên sàn")
    Household.objects.update(opened_at=None)
    assertContains(client.get(page), "tài khoản chỉ mở khi hộ đã đồng ý")
