"""A report is asked for once, made once, kept with who and what, and can be made again the same."""

from __future__ import annotations

import hashlib
import io
import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.storage import storages
from django.db.models import QuerySet
from openpyxl import load_workbook

from core.models import AuditEntry
from households.models import Household
from reporting.files import forget_expired_files, produce_report
from reporting.frames import Frame
from reporting.indicators import INDICATORS, UnknownIndicator
from reporting.models import ReportRun, RunStatus
from reporting.services import request_report
from reporting.tasks import make_waiting_reports
from tests.factories.households import HouseholdFactory
from tests.reporting.events import act, order, part
from tests.sign_in import sign_in

pytestmark = pytest.mark.usefixtures("frozen")


@pytest.fixture
def facts(cast, now):
    earlier = now - timedelta(days=1)
    act(cast.household, earlier)
    part(order(earlier), cast.household, 250_000, new=earlier, accepted=earlier)


def asked(cast, now, **changes: object) -> ReportRun:
    wish = {
        "report": "progress",
        "format": "csv",
        "area": f"province-{cast.province.pk}",
        "period": "2026-10",
        "cumulative": False,
        "breakdown": None,
    }
    return request_report(user=cast.province_officer, now=now, **(wish | changes))


def text_of(run: ReportRun) -> str:
    run.refresh_from_db()
    with run.file.open("rb") as file:
        return file.read().decode("utf-8-sig")


def rows_of(run: ReportRun) -> list[str]:
    """The heading and the rows of a CSV, above what it says of itself."""
    return text_of(run).split("\r\n\r\n")[0].split("\r\n")


def test_month_of_a_province_has_all_figures_by_commune_and_in_total(
    client, cast, facts, django_capture_on_commit_callbacks
):
    sign_in(client, cast.province_officer)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/bao-cao/ban-xuat/", {"bao_cao": "progress", "ky": "2026-10", "dinh_dang": "csv"})
    assert answer.status_code == 302
    heading, commune, total = rows_of(ReportRun.objects.get())
    assert heading.count(";") == 12
    assert commune.endswith(f"{cast.commune.name};1;1;1;0;0;0;0;1;0;250000;0")
    assert total.startswith("19;Tổng cộng: ")
    assert total.endswith(";1;1;1;0;0;0;0;1;0;250000;0")
    assert "Tải CSV" in client.get("/bao-cao/ban-xuat/").content.decode()


def test_run_keeps_who_what_when_and_the_definitions(cast, facts, now):
    run = asked(cast, now)
    produce_report(run_id=run.pk, now=now + timedelta(minutes=1))
    run.refresh_from_db()
    assert (run.requested_by, run.requested_at, run.as_of) == (cast.province_officer, now, now)
    assert (run.status, run.row_count, run.window_days) == (RunStatus.DONE, 1, 90)
    assert run.definitions[1] == {
        "indicator": "active",
        "version": 1,
    }
    with run.file.open("rb") as file:
        assert hashlib.sha256(file.read()).hexdigest() == run.sha256
    assert AuditEntry.objects.filter(action="request_report", actor=cast.province_officer).count() == 1


def test_same_run_made_later_has_the_same_bytes(cast, facts, now, settings):
    first, second = asked(cast, now), asked(cast, now)
    produce_report(run_id=first.pk, now=now)
    later = now + timedelta(days=40)
    HouseholdFactory(commune=cast.commune, opened_at=now + timedelta(hours=1))
    act(cast.household, now - timedelta(days=2), known=later)
    settings.ACTIVE_WINDOW_DAYS = 1
    produce_report(run_id=second.pk, now=later)
    assert text_of(first) == text_of(second)


def test_task_handed_over_twice_makes_one_file(cast, now):
    run = asked(cast, now)
    assert [produce_report(run_id=run.pk, now=now) for _time in range(2)] == [True, False]
    kept = storages["private"].listdir("reports/2026/10")[1]
    assert [name for name in kept if str(run.key) in name] == [f"{run.key}.csv"]


def test_list_of_households_is_masked_in_every_format(cast, facts, now):
    run = asked(cast, now, report="households")
    produce_report(run_id=run.pk, now=now)
    heading, row = rows_of(run)
    assert heading == (
        "Mã hộ;Hộ;Chủ hộ;Điện thoại;Thôn, xóm;Xã, phường;Tổ công nghệ số;Ngày mở;Tài khoản hoạt động;"
        "Tài khoản hoạt động (chặt: có bán hàng);Hộ có sản phẩm đang bán"
    )
    assert row == (
        f"{cast.household.code};{cast.household.name};N. T. Hoa;091••••001;Xóm Hồng Thái;Tân Cương;;14/09/2026;"
        "có;có;không"
    )
    assert cast.head.full_name not in row


def test_transactions_are_listed_by_part_in_the_order_of_their_acceptance(cast, now):
    accepted = [now - timedelta(days=days) for days in (1, 3, 2)]
    parts = [part(order(at), cast.household, 250_000, new=at, accepted=at) for at in accepted]
    run = asked(cast, now, report="transactions")
    produce_report(run_id=run.pk, now=now)
    household = f"{cast.household.code};{cast.household.name};Tân Cương"
    assert rows_of(run) == [
        "Ngày nhận đơn;Đơn hàng;Phần đơn của hộ;Mã hộ;Hộ;Xã, phường;Tiền hàng (đồng);Nghi vấn",
        *(
            f"{day};{row.order.number};{row.number};{household};250000;"
            for day, row in (("11/10/2026", parts[1]), ("12/10/2026", parts[2]), ("13/10/2026", parts[0]))
        ),
    ]


@pytest.mark.parametrize("report", ["progress", "households", "transactions"])
def test_report_takes_the_same_queries_for_ten_times_the_households(
    cast, now, facts, report, django_assert_max_num_queries
):
    def queries() -> int:
        run = asked(cast, now, report=report)
        with django_assert_max_num_queries(30) as counted:
            produce_report(run_id=run.pk, now=now)
        return len(counted)

    few = queries()
    for _number in range(10):
        household = HouseholdFactory(commune=cast.commune)
        part(order(now), household, 1_000, new=now, accepted=now - timedelta(hours=1))
    assert queries() == few


def test_file_goes_when_its_time_is_over_and_the_run_stays(client, cast, now, settings):
    run = asked(cast, now)
    produce_report(run_id=run.pk, now=now)
    run.refresh_from_db()
    name = run.file.name
    assert forget_expired_files(now=run.expires_at - timedelta(seconds=1)) == 0
    assert forget_expired_files(now=run.expires_at) == 1
    assert not storages["private"].exists(name)
    run.refresh_from_db()
    assert (run.status, run.requested_by) == (RunStatus.EXPIRED, cast.province_officer)
    sign_in(client, cast.province_officer)
    assert client.get(f"/bao-cao/ban-xuat/{run.key}/tai/").status_code == 404


def test_only_runs_with_a_file_are_forgotten_each_counted(cast, now):
    made, waiting = [asked(cast, now) for _time in range(2)], asked(cast, now)
    for run in made:
        produce_report(run_id=run.pk, now=now)
    assert forget_expired_files(now=waiting.expires_at) == 2
    assert list(ReportRun.objects.order_by("pk").values_list("status", "file")) == [
        (RunStatus.EXPIRED, ""),
        (RunStatus.EXPIRED, ""),
        (RunStatus.WAITING, ""),
    ]


def test_fetching_is_remembered(client, cast, now):
    run = asked(cast, now)
    produce_report(run_id=run.pk, now=now)
    sign_in(client, cast.province_officer)
    answer = client.get(f"/bao-cao/ban-xuat/{run.key}/tai/")
    assert b"".join(answer.streaming_content).startswith(b"\xef\xbb\xbf")
    assert AuditEntry.objects.filter(action="download_report", subject_id=str(run.pk)).count() == 1


def test_run_that_breaks_says_so_and_is_not_made_again(cast, now, monkeypatch):
    run = asked(cast, now)
    monkeypatch.setattr("reporting.files.write_csv", lambda *given, **notes: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        produce_report(run_id=run.pk, now=now)
    run.refresh_from_db()
    assert run.status == RunStatus.FAILED
    assert run.failure.startswith("Không tạo được tệp. Hãy yêu cầu lại")


def test_page_offers_to_look_again_while_a_file_is_being_made_and_never_reloads_itself(client, cast, now):
    sign_in(client, cast.province_officer)
    again = "Xem đã xong chưa"
    assert again not in client.get("/bao-cao/ban-xuat/").content.decode()
    asked(cast, now)
    page = client.get("/bao-cao/ban-xuat/").content.decode()
    assert again in page
    assert 'http-equiv="refresh"' not in page


def test_run_left_waiting_is_made_by_the_sweep(cast, now, django_capture_on_commit_callbacks):
    run = asked(cast, now - timedelta(hours=1))
    with django_capture_on_commit_callbacks(execute=True):
        make_waiting_reports()
    run.refresh_from_db()
    assert run.status == RunStatus.DONE


def test_run_is_computed_with_the_versions_that_it_says(cast, facts, now, monkeypatch):
    runs = [asked(cast, now, format=format) for format in ("csv", "xlsx")]
    (first,) = INDICATORS["accounts"]
    # Declared between the request and the work: a version that counts nobody, and one more indicator.
    second = replace(first, version=2, valid_from=date(2026, 10, 2), name="Accounts anew", facts=no_accounts)
    monkeypatch.setitem(INDICATORS, "accounts", (first, second))
    monkeypatch.setitem(INDICATORS, "more", (replace(first, code="more"),))
    for run in runs:
        produce_report(run_id=run.pk, now=now)
        run.refresh_from_db()
    heading, total = rows_of(runs[0])[:2]
    assert heading.startswith("Mã;Địa bàn;Tài khoản (hộ);")
    assert heading.count(";") == 12
    assert total.split(";")[2] == "1"
    with runs[1].file.open("rb") as file:
        notes = load_workbook(io.BytesIO(file.read())).worksheets[1]
    assert "Định nghĩa “Tài khoản”" in {cell.value for cell in notes["A"]}
    later = asked(cast, now)
    produce_report(run_id=later.pk, now=now)
    heading, total = rows_of(later)[:2]
    assert heading.startswith("Mã;Địa bàn;Accounts anew (hộ);")
    assert total.split(";")[2] == "0"


def no_accounts(_frame: Frame) -> QuerySet[Household]:
    return Household.objects.none()


def test_run_whose_version_is_not_declared_any_more_says_so(cast, now, monkeypatch):
    run = asked(cast, now)
    monkeypatch.delitem(INDICATORS, "value")
    with pytest.raises(UnknownIndicator):
        produce_report(run_id=run.pk, now=now)
    run.refresh_from_db()
    assert run.status == RunStatus.FAILED
    assert run.failure == "Chỉ tiêu value không còn bản 1. Hãy yêu cầu lại báo cáo."


@pytest.mark.parametrize("wrong", [{"bao_cao": "nothing"}, {"dinh_dang": "pdf"}, {"noi": "country"}, {"ky": "soon"}])
def test_wrong_wish_is_answered_and_keeps_nothing(client, cast, wrong):
    sign_in(client, cast.province_officer)
    wish = {"bao_cao": "progress", "dinh_dang": "csv"} | wrong
    assert client.post("/bao-cao/ban-xuat/", wish).status_code == 400
    assert not ReportRun.objects.exists()


def test_a_form_sent_twice_asks_for_one_file(cast, now):
    key = uuid.uuid4()
    first, again = asked(cast, now, key=key), asked(cast, now + timedelta(seconds=1), key=key)
    assert first == again
    assert AuditEntry.objects.filter(action="request_report").count() == 1


def test_a_key_of_somebody_elses_run_makes_a_run_of_its_own(cast, now):
    theirs = asked(cast, now)
    ReportRun.objects.filter(pk=theirs.pk).update(requested_by=cast.operator)
    mine = asked(cast, now, key=theirs.key)
    assert mine != theirs
    assert mine.requested_by == cast.province_officer
