"""Teams and their people: what an operator changes acts on the volunteer's next request."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.errors import NotAllowed
from core.models import AuditEntry
from households.models import CommuneOfficer, DigitalTeam, Mandate, ProvinceOfficer, TeamMember
from households.services import offices, teams
from tests.cast import make_team
from tests.sign_in import sign_in

FOUND = {
    "name": "Tổ Nam Tiến",
    "commune": "Tân Cương, Thái Nguyên",
    "village_name": "Nam Tiến",
    "founded_date": "2026-10-01",
}


def page_of(team: DigitalTeam) -> str:
    return f"/van-hanh/to/{team.pk}/"


def test_a_team_is_founded_and_its_leader_can_work_at_once(desk, cast):
    assert desk.post("/van-hanh/to/them/", FOUND).status_code == 302
    team = DigitalTeam.objects.get(name="Tổ Nam Tiến")
    typed = {"phone": "0912 000 011", "full_name": "Người lạ", "role": "leader"}
    assert desk.post(page_of(team), typed).status_code == 302
    assert "Tổ Nam Tiến" in sign_in(Client(), cast.stranger).get("/to/").content.decode()


@pytest.mark.parametrize("change", [{"founded_date": "2999-01-01"}, {"commune": "Không có"}, {"name": ""}])
def test_a_team_that_cannot_be_is_refused_and_what_was_typed_stays(desk, cast, change):
    answer = desk.post("/van-hanh/to/them/", {**FOUND, **change})
    assert answer.status_code == 422
    assert "Nam Tiến" in answer.content.decode()
    assert not DigitalTeam.objects.filter(village_name="Nam Tiến").exists()


def test_two_teams_of_a_commune_have_two_names(desk, cast):
    assert desk.post("/van-hanh/to/them/", {**FOUND, "name": cast.team.name}).status_code == 422


def test_who_leaves_a_team_is_out_and_comes_back_from_then_on(desk, cast):
    volunteer, member = sign_in(Client(), cast.volunteer), cast.team.members.get(user=cast.volunteer)
    assert volunteer.get("/to/").status_code == 200
    desk.post(f"{page_of(cast.team)}thanh-vien/{member.pk}/thoi/")
    assert volunteer.get("/to/").status_code == 403
    desk.post(page_of(cast.team), {"phone": "0912 000 003", "full_name": "Lê Minh", "role": "member"})
    assert volunteer.get("/to/").status_code == 200


def test_who_serves_already_is_not_added_twice(desk, cast):
    answer = desk.post(page_of(cast.team), {"phone": "0912 000 003", "full_name": "Lê Minh", "role": "member"})
    assert answer.status_code == 422
    assert cast.team.members.count() == 2


def test_roles_say_what_shall_be_and_pressing_twice_changes_nothing(desk, cast):
    member = cast.team.members.get(user=cast.volunteer)
    for _press in range(2):
        desk.post(f"{page_of(cast.team)}thanh-vien/{member.pk}/to-truong/")
    member.refresh_from_db()
    assert member.role == TeamMember.Role.LEADER
    assert AuditEntry.objects.filter(action="change_team_role").count() == 1


def test_a_member_of_another_team_is_not_found(desk, cast):
    foreign = cast.other_team.members.get()
    assert desk.post(f"{page_of(cast.team)}thanh-vien/{foreign.pk}/thoi/").status_code == 404
    foreign.refresh_from_db()
    assert foreign.left_at is None


def test_a_dissolved_team_acts_for_nobody_and_its_mandates_end(desk, cast):
    assert desk.get(f"{page_of(cast.team)}giai-the/").status_code == 200
    assert Mandate.objects.get(pk=cast.mandate.pk).withdrawn_at is None
    desk.post(f"{page_of(cast.team)}giai-the/")
    assert sign_in(Client(), cast.volunteer).get("/to/").status_code == 403
    assert Mandate.objects.get(pk=cast.mandate.pk).withdrawn_at is not None
    told = AuditEntry.objects.filter(household_code=cast.household.code, action="withdraw_mandate")
    assert told.get().actor == cast.operator
    answer = desk.post(page_of(cast.team), {"phone": "0912 000 011", "full_name": "Người lạ", "role": "member"})
    assert answer.status_code == 422


@pytest.mark.parametrize("who", ["head", "leader", "commune_officer", "stranger"])
def test_services_refuse_whoever_is_no_operator(cast, now, who):
    other, member = getattr(cast, who), cast.team.members.get(user=cast.volunteer)
    office = CommuneOfficer.objects.get(user=cast.commune_officer)
    by = {"operator": other, "now": now}
    attempts = [
        lambda: teams.found_team(name="A", commune=cast.commune, village_name="", founded_date=now.date(), **by),
        lambda: teams.dissolve_team(team=cast.team, **by),
        lambda: teams.add_team_member(team=cast.team, phone="+84912345999", full_name="A", role="member", **by),
        lambda: teams.change_team_role(member=member, role="leader", **by),
        lambda: teams.end_team_membership(member=member, **by),
        lambda: offices.appoint_officer(user=cast.province_officer, place=cast.commune, **by),
        lambda: offices.relieve_officer(office=office, **by),
    ]
    for attempt in attempts:
        with pytest.raises(NotAllowed):
            attempt()


@pytest.mark.parametrize("words", ["hong thai tan cuong", "TÂN CƯƠNG", "to xom tan cuong"])
def test_teams_are_found_without_tones(desk, cast, words):
    page = desk.get("/van-hanh/to/", {"tim": words}).content.decode()
    assert cast.team.name in page
    assert cast.other_team.name not in page


def test_an_officer_reads_figures_from_the_appointment_to_its_end(desk, cast):
    officer = sign_in(Client(), cast.other_province_officer)
    typed = {"level": "xa", "xa-phone": "0912 000 008", "xa-commune": "Tân Cương, Thái Nguyên"}
    assert desk.post("/van-hanh/can-bo/", typed).status_code == 302
    office = CommuneOfficer.objects.get(user=cast.other_province_officer)
    address = f"/bao-cao/?area=C:{cast.commune.pk}"
    assert officer.get(address).status_code == 200
    desk.post(f"/van-hanh/can-bo/xa/{office.pk}/thoi/")
    office.refresh_from_db()
    assert office.until is not None
    assert not CommuneOfficer.objects.filter(user=cast.other_province_officer, until=None).exists()


@pytest.mark.parametrize(
    ("phone", "said"), [("0912 000 011", "tài khoản cán bộ"), ("0987 654 321", "Chưa ai"), ("0912 000 007", "rồi")]
)
def test_who_cannot_be_an_officer_is_refused_with_the_reason(desk, cast, phone, said):
    typed = {"level": "tinh", "tinh-phone": phone, "tinh-province": cast.province.pk}
    answer = desk.post("/van-hanh/can-bo/", typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert ProvinceOfficer.objects.filter(province=cast.province).count() == 1


def test_longer_lists_ask_no_more_queries(desk, cast, now):
    def count(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(path).status_code == 200
        return len(queries)

    paths = ["/van-hanh/to/", page_of(cast.team), "/van-hanh/can-bo/"]
    before = [count(path) for path in paths]
    for number in range(5):
        make_team(f"Tổ {number}", cast.commune, {}, now)
        TeamMember.objects.create(
            team=cast.team, user=[cast.buyer, cast.stranger, cast.head, cast.other_head, cast.operator][number],
            joined_at=now - timedelta(days=number),
        )  # fmt: skip
        CommuneOfficer.objects.create(
            user=[cast.province_officer, cast.operator, cast.head, cast.buyer, cast.stranger][number],
            commune=cast.commune, since=now - timedelta(days=5),
        )  # fmt: skip
    assert [count(path) for path in paths] == before
