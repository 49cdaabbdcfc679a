"""A file of figures says as known when, in which window and how defined, and shows by itself that it is unchanged."""

from __future__ import annotations

import re
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from households.models import Household
from households.services import move_household
from reporting.files import produce_report
from reporting.models import ReportRun
from reporting.reports import REPORTS
from reporting.services import request_report
from reporting.verifying import UnreadableReport, digests_of
from tests.reporting.events import act, order, part
from tests.sign_in import sign_in

pytestmark = pytest.mark.usefixtures("frozen")


@pytest.fixture(autouse=True)
def facts(cast, now):
    Household.objects.filter(pk=cast.household.pk).update(name="=Hộ; “Bà Hoa”, 7/3")
    earlier = now - timedelta(days=1)
    act(cast.household, earlier)
    part(order(earlier), cast.household, 250_000, new=earlier, accepted=earlier)


def made(cast, now, folder: Path, report: str = "progress", format: str = "csv") -> tuple[ReportRun, Path]:
    """A run and a copy of its file."""
    run = request_report(
        user=cast.province_officer,
        report=report,
        format=format,
        area=f"province-{cast.province.pk}",
        period="2026-10",
        cumulative=False,
        breakdown=None,
        now=now,
    )
    produce_report(run_id=run.pk, now=now)
    run.refresh_from_db()
    path = folder / f"{report}.{format}"
    with run.file.open("rb") as file:
        path.write_bytes(file.read())
    return run, path


def notes_in(path: Path) -> dict[str, str]:
    if path.suffix == ".xlsx":
        return dict(load_workbook(path).worksheets[1].iter_rows(values_only=True))
    below = path.read_text(encoding="utf-8-sig").split("\n\n")[1]
    return dict(line.split(";", 1) for line in below.splitlines())


@pytest.mark.parametrize("format", ["csv", "xlsx"])
@pytest.mark.parametrize("report", REPORTS)
def test_every_file_says_as_known_when_in_which_window_and_by_which_definitions(cast, now, tmp_path, report, format):
    run, path = made(cast, now, tmp_path, report, format)
    notes = notes_in(path)
    assert notes["Theo dữ liệu biết đến lúc"] == "2026-10-14T09:00:00+07:00"
    assert notes["Khoảng thời gian xét hoạt động"] == "từ 16/07/2026 đến 14/10/2026 (ít nhất 90 ngày)"
    assert notes["Kỳ báo cáo"] == "Tháng 10/2026 (2026-10)"
    assert notes["Địa bàn"].endswith(f"(province-{cast.province.pk})")
    versions = [text.partition(",")[0].strip('"') for label, text in notes.items() if "Định nghĩa" in label]
    assert versions == [f"Bản {row['version']} của {row['indicator']}" for row in run.definitions]
    assert list(notes.items())[-1] == ("SHA-256 của mọi dòng ở trên", run.content_sha256)


@pytest.mark.parametrize("report", REPORTS)
def test_both_formats_of_a_report_have_the_same_digest_and_show_it_whole(client, cast, now, tmp_path, report):
    digests = set()
    for format in ("csv", "xlsx"):
        run, path = made(cast, now, tmp_path, report, format)
        assert digests_of(path).is_unchanged
        digests.add(run.content_sha256)
    assert len(digests) == 1
    page = sign_in(client, cast.province_officer).get("/bao-cao/ban-xuat/").content.decode()
    assert page.count(digests.pop()) == 2
    assert page.count(ReportRun.objects.first().sha256) == 1
    assert "Tài khoản được xét trong ít nhất 90 ngày." in page


@pytest.mark.parametrize("report", REPORTS)
def test_steps_of_the_document_find_the_digest_of_a_csv(cast, now, tmp_path, report):
    run, path = made(cast, now, tmp_path, report)
    text = (settings.ROOT / "docs" / "indicators.md").read_text(encoding="utf-8")
    (steps,) = re.findall(r"```sh\n(tail .*?)```", text, re.DOTALL)
    done = subprocess.run(
        ["sh", "-ec", steps.replace("FILE.csv", str(path))], capture_output=True, text=True, check=True
    )
    computed, written = done.stdout.splitlines()
    assert computed.split()[0] == run.content_sha256
    assert written.strip().endswith(run.content_sha256)


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_command_knows_the_file_and_computes_it_again_years_later(cast, now, tmp_path, capsys, format):
    run, path = made(cast, now, tmp_path, "households", format)
    move_household(
        household=cast.household,
        version=cast.household.version,
        commune=cast.other_commune,
        village_name=cast.household.village_name,
        now=now + timedelta(days=700),
        actor=cast.head,
    )
    # The village that a household left is not kept with its move, so a list made again leaves it empty.
    with pytest.raises(CommandError, match="another content"):
        call_command("verify_report", path)
    _run, figures = made(cast, now, tmp_path, "progress", format)
    call_command("verify_report", figures)
    said = capsys.readouterr().out
    assert f"SHA-256 {run.content_sha256}: the content is as the file says." in said
    assert "has the same content" in said


@pytest.mark.parametrize("changed", [b"250000", "Tháng 10/2026".encode(), "Bản 1".encode(), b"2026-10-14T09"])
def test_one_changed_byte_of_rows_moment_or_definition_shows(cast, now, tmp_path, changed):
    _run, path = made(cast, now, tmp_path)
    content = path.read_bytes()
    assert changed in content
    path.write_bytes(content.replace(changed, changed[:-1] + b"7", 1))
    with pytest.raises(CommandError, match="was changed"):
        call_command("verify_report", path)


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_file_that_is_cut_or_none_of_ours_is_said_to_be(cast, now, tmp_path, format):
    _run, path = made(cast, now, tmp_path, format=format)
    path.write_bytes(path.read_bytes()[:-80])
    with pytest.raises(UnreadableReport):
        digests_of(path)
    path.write_bytes(b"")
    with pytest.raises(CommandError):
        call_command("verify_report", path)
    with pytest.raises(CommandError, match="nowhere"):
        call_command("verify_report", tmp_path / "nowhere.csv")


def test_file_that_nobody_asked_for_here_is_named_so(cast, now, tmp_path):
    run, path = made(cast, now, tmp_path)
    ReportRun.objects.filter(pk=run.pk).delete()
    with pytest.raises(CommandError, match="No report with this content was made here"):
        call_command("verify_report", path)
