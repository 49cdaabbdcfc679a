"""Who reads which figures: each page asked for by everybody of the cast, and the answer each must get."""

from __future__ import annotations

import pytest

from reporting.models import ReportRun
from tests.sign_in import sign_in

pytestmark = pytest.mark.usefixtures("frozen")
PAGES = (
    "/bao-cao/",
    "/bao-cao/chi-tieu/accounts/",
    "/bao-cao/chi-tieu/accounts/ho-so/",
    "/bao-cao/ban-xuat/",
)
READERS = {
    "operator": {
        *("country", "province", "commune", "team", "other_province", "other_commune", "other_team"),
        *("team_here", "other_team_here", "no_team_here"),
    },
    "province_officer": {"province", "commune", "team", "team_here", "other_team_here", "no_team_here"},
    "other_province_officer": {"other_province", "other_commune", "other_team"},
    "commune_officer": {"commune", "team", "team_here", "other_team_here"},
    "leader": {"team", "team_here"},
    "other_volunteer": {"other_team", "other_team_here"},
}
NOBODY = ("head", "other_head", "volunteer", "buyer", "stranger")


def areas(cast) -> dict[str, str]:
    return {
        "country": "country",
        "province": f"province-{cast.province.pk}",
        "commune": f"commune-{cast.commune.pk}",
        "team": f"team-{cast.team.pk}",
        "other_province": f"province-{cast.other_province.pk}",
        "other_commune": f"commune-{cast.other_commune.pk}",
        "other_team": f"team-{cast.other_team.pk}",
        "team_here": f"team-{cast.team.pk}.{cast.commune.pk}",
        "other_team_here": f"team-{cast.other_team.pk}.{cast.commune.pk}",
        "no_team_here": f"team-none.{cast.province.pk}",
    }


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", READERS)
def test_reader_opens_own_areas_and_no_other(client, cast, who, page):
    sign_in(client, getattr(cast, who))
    opened = {name for name, key in areas(cast).items() if client.get(page, {"noi": key}).status_code == 200}
    assert opened == READERS[who]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", NOBODY)
def test_people_without_figures_to_read_get_nothing(client, cast, who, page):
    sign_in(client, getattr(cast, who))
    assert client.get(page).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_visitor_is_asked_to_sign_in(client, db, page):
    answer = client.get(page)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/dang-nhap/")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["operator", "province_officer", "commune_officer"])
def test_reader_by_office_needs_the_second_factor(client, cast, who, page):
    sign_in(client, getattr(cast, who), second_factor=False)
    assert client.get(page).status_code == 302


def test_the_cast_is_sorted_into_readers_and_others(cast):
    assert set(READERS) | set(NOBODY) == set(cast.everyone())


@pytest.mark.parametrize("who", READERS)
def test_every_reader_opens_the_figures_without_choosing(client, cast, who):
    sign_in(client, getattr(cast, who))
    assert client.get("/bao-cao/").status_code == 200


@pytest.mark.parametrize("who", [*READERS, *NOBODY])
def test_file_is_fetched_only_by_who_asked_for_it(client, cast, who, django_capture_on_commit_callbacks):
    sign_in(client, cast.commune_officer)
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/bao-cao/ban-xuat/", {"bao_cao": "households", "dinh_dang": "csv"})
    address = f"/bao-cao/ban-xuat/{ReportRun.objects.get().key}/tai/"
    assert client.get(address).status_code == 200
    sign_in(client, getattr(cast, who))
    expected = 200 if who == "commune_officer" else 403 if who in NOBODY else 404
    assert client.get(address).status_code == expected


def test_officer_who_left_the_office_fetches_nothing_more(client, cast, now, django_capture_on_commit_callbacks):
    sign_in(client, cast.province_officer)
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/bao-cao/ban-xuat/", {"bao_cao": "progress", "dinh_dang": "csv"})
    cast.province.officers.update(province=cast.other_province)
    assert client.get(f"/bao-cao/ban-xuat/{ReportRun.objects.get().key}/tai/").status_code == 404


@pytest.mark.parametrize("who", [*READERS, *NOBODY])
def test_account_page_leads_readers_to_their_figures(client, cast, who):
    sign_in(client, getattr(cast, who))
    assert ('href="/bao-cao/"' in client.get("/tai-khoan/").content.decode()) == (who in READERS)
