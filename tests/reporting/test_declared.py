"""An indicator is one declaration: a page, a proof, a file and the document know it from that alone."""

from __future__ import annotations

import io
import re
from dataclasses import fields, replace
from datetime import date

import pytest
from django.conf import settings
from django.db.models import Exists
from openpyxl import load_workbook

from core.msgids import messages_in, sources
from households.models import Act
from reporting.files import produce_report
from reporting.indicators import INDICATORS
from reporting.indicators.accounts import acts_in_window, open_accounts
from reporting.indicators.declaration import Adding, Evidence, Indicator, Proof
from reporting.management.commands.document_indicators import documented
from reporting.models import ReportRun
from reporting.services import request_report
from tests.factories.households import HouseholdFactory
from tests.reporting.events import act
from tests.sign_in import sign_in

pytestmark = pytest.mark.usefixtures("frozen")
BUYERS = Indicator(
    code="buyers",
    version=1,
    valid_from=date(2026, 1, 1),
    name="Households that bought",
    unit="households",
    text="Accounts that bought something in the window.",
    source="This test.",
    facts=lambda frame: open_accounts(frame).filter(Exists(acts_in_window(frame, [Act.Kind.PURCHASE]))),
    household="",
    adding=Adding.COUNT,
    proof=Proof(lambda row: Evidence(what="bought", at=row.opened_at)),
    looks_back=True,
)


@pytest.fixture
def buyers(monkeypatch, cast, now):
    """One household that bought, another that looked only; the indicator is declared and nothing else is changed."""
    act(cast.household, now.replace(hour=7), Act.Kind.PURCHASE)
    act(HouseholdFactory(commune=cast.commune), now.replace(hour=7), Act.Kind.SEARCH)
    monkeypatch.setitem(INDICATORS, "buyers", (BUYERS,))


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


@pytest.mark.usefixtures("buyers")
def test_pages_show_what_is_declared(client, cast):
    sign_in(client, cast.province_officer)
    overview = text_of(client.get("/bao-cao/", {"chi_tieu": "buyers"}))
    assert '<h2 id="picture-title">Households that bought, households</h2>' in overview
    assert f'/bao-cao/chi-tieu/buyers/ho-so/?noi=commune-{cast.commune.pk}&amp;ky=2026-10">1</a>' in overview
    assert "Accounts that bought something in the window." in text_of(client.get("/bao-cao/chi-tieu/buyers/"))
    records = text_of(client.get("/bao-cao/chi-tieu/buyers/ho-so/"))
    assert "1 bản ghi dưới đây, mỗi bản ghi tính một lần." in records
    assert f'<td class="code nowrap">{cast.household.code}</td>' in records
    assert "<td>bought</td>" in records


@pytest.mark.usefixtures("buyers")
def test_files_hold_what_is_declared(cast, now):
    def cells(report: str) -> tuple[list[tuple[object, ...]], list[object]]:
        run = request_report(
            user=cast.province_officer,
            report=report,
            format="xlsx",
            area=f"commune-{cast.commune.pk}",
            period="2026-10",
            cumulative=False,
            breakdown=None,
            now=now,
        )
        produce_report(run_id=run.pk, now=now)
        with ReportRun.objects.get(pk=run.pk).file.open("rb") as file:
            sheet, notes = load_workbook(io.BytesIO(file.read())).worksheets
        return list(sheet.iter_rows(min_row=2, values_only=True)), [cell.value for cell in notes["B"]]

    (heading, total), (*_others, definition, _digest) = cells("progress")
    assert (heading[-1], total[-1]) == ("Households that bought (households)", 1)
    assert definition == (
        "Bản 1 của buyers, có hiệu lực từ 01/01/2026. Accounts that bought something in the window. This test."
    )
    (heading, *households), _notes = cells("households")
    assert heading[-1] == "Households that bought"
    assert {row[0]: row[-1] for row in households}[cast.household.code] == "có"
    assert sorted(row[-1] for row in households) == ["có", "không"]


def test_document_holds_what_is_declared():
    section = documented(BUYERS)
    assert section.startswith(
        "### `buyers` Households that bought: Households that bought\n\nVersion 1, from 01/01/2026"
    )
    assert "declared in `tests/reporting/test_declared.py`" in section
    assert "`ACTIVE_WINDOW_DAYS`" in section


def test_indicator_without_a_proof_cannot_be_declared():
    given = {field.name: getattr(BUYERS, field.name) for field in fields(Indicator) if field.name != "proof"}
    with pytest.raises(TypeError, match="proof"):
        Indicator(**given)
    with pytest.raises(TypeError, match="Indicator buyers declares no proof"):
        replace(BUYERS, proof=None)


def test_no_words_that_an_officer_reads_name_a_path():
    ours = (path for path in sources() if path.is_relative_to(settings.ROOT / "reporting"))
    words = {message.msgid for path in ours for message in messages_in(path)}
    assert len(words) > 100
    paths = re.compile(r"\.(md|py|html|txt)\b|\b(docs|adr|reporting)/|manage\.py")
    assert [text for text in sorted(words) if paths.search(text)] == []
