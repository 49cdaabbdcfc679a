"""A history or a question that cannot be is refused with a word that names it, and leaves no file."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError

from core.periods import VIETNAM
from reporting.facts.engines import ENGINES
from reporting.facts.history import COLUMNS
from reporting.management.commands.figures import Command
from tests.reporting.facts_history import ENDED, ISLAND, LIFE, SOLD, TODAY, fact, run, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def as_from_a_shell(monkeypatch):
    """A wrong argument ends the command as it does for whoever types it."""
    monkeypatch.setattr(Command, "_called_from_command_line", True)


BAD_ROWS = {
    "no offset": ([fact("searched", "2022-01-01T08:00:00")], "line 2.*no offset"),
    "no moment": ([fact("searched", "yesterday..")], "line 2.*no moment"),
    "learned without an offset": ([SOLD, {**SOLD, "learned_at": "2022-03-01"}], "line 3.*no offset"),
    "kind": ([fact("wished", "2022-01-01")], "line 2.*'wished'"),
    "no commune": ([fact("searched", "2022-01-01", commune="")], "line 2.*no commune ''"),
    "commune of today too early": ([fact("searched", "2025-06-30T16:59:59Z", commune=ISLAND)], "line 2.*before 1 July"),
    "former commune too late": ([fact("searched", "2025-06-30T17:00:00Z", commune=ENDED)], "line 2.*since 1 July"),
    "value": ([{**SOLD, "value": "a lot"}], "line 2.*'a lot'"),
    "negative": ([{**SOLD, "value": "-1"}], "line 2.*'-1'"),
    "grouped": ([{**SOLD, "value": "125_000"}], "line 2.*'125_000'"),
    "endlessly small": ([{**SOLD, "quantity": "1e-99999999"}], "line 2.*'1e-99999999'"),
    "no T": ([fact("searched", "2022-01-01x08:00:00Z")], "line 2.*no moment"),
    "half a dong": ([{**SOLD, "value": "0.5"}], "line 2.*whole number of dong"),
    "endless": ([{**SOLD, "quantity": "NaN"}], "line 2.*'NaN'"),
    "sale without value": ([{**SOLD, "value": ""}], "line 2.*needs a value"),
    "sale without ref": ([{**SOLD, "ref": ""}], "line 2.*needs a ref"),
    "NUL": ([{**SOLD, "team": "T\0"}], "line 2.*NUL"),
    "nobody": ([{**SOLD, "household": ""}], "line 2.*household is empty"),
    "neither is the last": ([*LIFE, fact("account_closed", "2022-01-05")], "Lines 2 and 4"),
    "neither listing is the last": ([*LIFE, fact("unlisted", "2022-01-06", ref="L1")], "Lines 3 and 4"),
    "listing of another": ([*LIFE, fact("unlisted", "2022-02-01", "H2", ref="L1")], "Line 4.*'L1'.*'H1'"),
    "listing of a later one": ([fact("listed", "2022-01-07", "H2", ref="L1"), *LIFE], "Line 2.*'L1'.*'H1'"),
}


@pytest.fixture
def refused(capsys):
    """The command ends with status 2 and these words, and leaves no file."""

    def run_and_see(folder: Path, words: str, **asked: object) -> None:
        with pytest.raises((CommandError, SystemExit)) as caught:
            run(folder, **asked)
        said, status = str(caught.value), getattr(caught.value, "returncode", None)
        if isinstance(caught.value, SystemExit):
            said, status = capsys.readouterr().err, caught.value.code
        assert status == 2
        assert re.search(words, said, re.DOTALL), said
        assert not (folder / "out.json").exists()

    return run_and_see


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", BAD_ROWS)
def test_row_that_cannot_be_is_refused_with_its_line(refused, tmp_path, engine, name):
    rows, words = BAD_ROWS[name]
    refused(write(tmp_path, rows), words, engine=engine)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "line 1: the columns are ;"),
        ("household,kind\n", "line 1: the columns are household, kind;"),
        (f"{','.join(COLUMNS)}\nH1,searched\n", "line 2: it has 2 cells"),
        (f"{','.join(COLUMNS)}\n\n\nH1,searched\n", "line 4: it has 2 cells"),
        ("household\xff", "cannot be read as text in UTF-8"),
    ],
)
def test_file_that_is_no_history_is_refused(refused, tmp_path, text, words):
    (tmp_path / "facts.csv").write_bytes(text.encode("latin-1"))
    refused(tmp_path, words)


def test_folder_without_facts_is_refused(refused, tmp_path):
    refused(tmp_path, "facts.csv: cannot be read")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"area": "P:99"}, "'P:99' on 2022-05-01"),
        ({"area": "P:70", "on": TODAY}, "'P:70' on 2026-10-14"),
        ({"area": "D:731", "on": TODAY}, "'D:731' on 2026-10-14"),
        ({"area": f"C:{ISLAND}"}, f"'C:{ISLAND}' on 2022-05-01"),
        ({"area": "T:Tổ 9"}, "'Tổ 9'"),
        ({"area": "T:"}, "'T:'"),
        ({"area": "earth"}, "'earth'"),
        ({"area": "P"}, "'P'"),
        ({"on": TODAY, "by": "district"}, "no districts on 2026-10-14"),
        ({"period": "2099"}, "2099 has not begun"),
        ({"period": "2022-07", "as_of": datetime(2022, 6, 30, 23, tzinfo=VIETNAM)}, "2022-07 has not begun"),
        ({"period": "2022-13"}, "'2022-13'"),
        ({"as_of": "2022-06-30T23:00:00"}, "no offset"),
        ({"on": "2022-02-30"}, "'2022-02-30'"),
        ({"code": ["accounts", "wealth"]}, "'wealth'"),
        ({"engine": "spark"}, "spark is not built yet"),
    ],
)
def test_question_without_an_answer_is_refused(refused, tmp_path, asked, words):
    refused(write(tmp_path, LIFE), words, **asked)


def test_command_needs_no_database_that_was_set_up_and_ends_with_status_2(tmp_path):
    folder, out = write(tmp_path, LIFE), tmp_path / "out.json"
    base = [sys.executable, "manage.py", "figures", "--facts", str(folder), "--period", "2022", "--json", str(out)]
    environment = {
        **os.environ,
        "VAR_DIR": str(tmp_path / "var"),
        "DJANGO_SETTINGS_MODULE": "marketplace.settings.development",
    }
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        [*base, "--area", "P:99"], cwd=settings.ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, out.exists()) == (2, False)
    assert "'P:99'" in done.stderr
    subprocess.run([*base, "--area", "P:75"], cwd=settings.ROOT, env=environment, check=True, capture_output=True)
    assert json.loads(out.read_text())["figures"][0] == {
        "code": "accounts", "version": 1, "area": "P:75", "period": "2022", "value": 1, "parts": {},
    }  # fmt: skip
