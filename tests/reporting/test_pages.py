"""What the pages of figures show, and what they cost."""

from __future__ import annotations

import pytest

from catalog.models import ListingEvent
from core.models import AuditEntry
from households.models import Act, Household
from reporting.indicators import INDICATORS
from reporting.services import request_report
from tests.accessibility import problems
from tests.factories.households import CommuneFactory, HouseholdFactory, TeamFactory
from tests.factories.orders import make_listing
from tests.reporting.events import act, order, part
from tests.sign_in import sign_in

pytestmark = pytest.mark.usefixtures("frozen")
FRAME = {"ky": "2026-10"}


@pytest.fixture
def officer(client, cast):
    return sign_in(client, cast.province_officer)


@pytest.fixture
def facts(cast, now):
    act(cast.household, now.replace(hour=7), Act.Kind.DISPLAY)
    part(order(now), cast.household, 1_250_000, new=now, accepted=now.replace(hour=8))


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_each_figure_stands_with_its_definition_and_source(officer, facts):
    page = text_of(officer.get("/bao-cao/", FRAME))
    assert page.count('<details class="definition') == 7
    assert "Quyết định 350/QĐ-BTTTT" in page
    assert "Khoảng thời gian xét: từ" in page


def test_numbers_are_written_as_in_viet_nam(officer, facts):
    assert "1.250.000" in text_of(officer.get("/bao-cao/", FRAME))


def test_table_and_picture_show_the_communes(officer, facts, cast):
    page = text_of(officer.get("/bao-cao/", FRAME))
    assert cast.commune.name in page
    assert '<rect class="chart__bar"' in page


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"ky": "2026-13"}, "2026-W09 hoặc"),
        ({"noi": "province-99"}, "Không có địa bàn này"),
        ({"noi": "team-x"}, "Không có địa bàn này"),
        ({"noi": "team-99999999999999999999"}, "Không có địa bàn này"),
        ({"chi_tieu": "wealth"}, "wealth"),
    ],
)
def test_bad_choice_is_answered_with_what_to_do(officer, asked, words):
    answer = officer.get("/bao-cao/", asked)
    assert answer.status_code == 400
    assert words in text_of(answer)


def test_figure_leads_to_the_records_behind_it(officer, facts, cast):
    page = text_of(officer.get("/bao-cao/", FRAME))
    address = f"/bao-cao/chi-tieu/value/ho-so/?noi=commune-{cast.commune.pk}&amp;ky=2026-10"
    assert address in page
    proof = text_of(officer.get(address.replace("&amp;", "&")))
    assert "1.250.000\u00a0đ".replace("\u00a0", " ") in proof.replace("\u00a0", " ")
    assert cast.household.code in proof


def test_each_figure_leads_to_its_page_for_the_same_place_and_month(officer, facts, cast):
    page = text_of(officer.get("/bao-cao/", {**FRAME, "noi": f"commune-{cast.commune.pk}"}))
    for code in INDICATORS:
        assert f'href="/bao-cao/chi-tieu/{code}/?noi=commune-{cast.commune.pk}&amp;ky=2026-10' in page


def test_leader_reads_whose_figures_they_are(client, facts, cast):
    page = text_of(sign_in(client, cast.leader).get("/bao-cao/", FRAME))
    assert f": {cast.team.name}</h1>" in page


@pytest.mark.parametrize("code", INDICATORS)
def test_records_never_show_whole_names_or_phones(officer, facts, cast, code):
    page = text_of(officer.get(f"/bao-cao/chi-tieu/{code}/ho-so/", FRAME))
    assert cast.head.full_name not in page
    assert cast.household.phone not in page
    assert "0912000001" not in page


def test_month_that_runs_shows_twelve_months_up_to_now(officer, facts):
    page = text_of(officer.get("/bao-cao/chi-tieu/transactions/", FRAME))
    assert "Tháng 11/2025" in page
    assert "Tháng 10/2026" in page
    assert page.count("<circle") == 12


@pytest.mark.parametrize("page", ["", "chi-tieu/active/", "chi-tieu/active/ho-so/", "ban-xuat/"])
def test_page_serves_a_keyboard_and_a_screen_reader(officer, facts, page):
    assert problems(officer.get(f"/bao-cao/{page}", FRAME).content.decode()) == []


@pytest.mark.parametrize(
    ("page", "most"),
    [
        ("", 24),
        ("?theo=TEAM", 24),
        *((f"chi-tieu/{code}/", 30) for code in INDICATORS),
        *((f"chi-tieu/{code}/ho-so/", 18) for code in INDICATORS),
        ("ban-xuat/", 16),
    ],
)
def test_page_takes_the_same_queries_for_ten_times_the_households(
    officer, cast, now, page, most, django_assert_max_num_queries
):
    earlier = now.replace(hour=7)

    def something_of_everything(household: Household) -> None:
        act(household, earlier)
        part(order(now), household, 1_000, new=earlier, accepted=earlier)
        ListingEvent.objects.create(product=make_listing(household), status="published", at=earlier)
        request_report(
            user=cast.province_officer,
            report="progress",
            format="csv",
            area=f"province-{cast.province.pk}",
            period="2026-10",
            cumulative=False,
            breakdown=None,
            now=now,
        )

    def queries() -> int:
        with django_assert_max_num_queries(most) as counted:
            address = f"/bao-cao/{page}"
            assert officer.get(f"{address}{'&' if '?' in address else '?'}ky=2026-10").status_code == 200
        return len(counted)

    something_of_everything(HouseholdFactory(commune=cast.commune, opened_by_team=cast.team))
    few = queries()
    for _number in range(10):
        commune = CommuneFactory(province=cast.province)
        something_of_everything(HouseholdFactory(commune=commune, opened_by_team=TeamFactory(commune=commune)))
    assert queries() == few


def test_reading_the_records_behind_a_figure_is_written_down(officer, cast):
    officer.get("/bao-cao/chi-tieu/accounts/", FRAME)
    assert not AuditEntry.objects.filter(action="read_records").exists()
    assert officer.get("/bao-cao/chi-tieu/accounts/ho-so/", FRAME).status_code == 200
    row = AuditEntry.objects.get(action="read_records")
    assert row.actor_id == int(row.subject_id) == int(officer.session["_auth_user_id"])
    assert row.changes["figure"] == ["", "accounts"]
    assert "ky=2026-10" in row.changes["asked"][1]
