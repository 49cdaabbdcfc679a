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
from tests.reporting.facts_history import BAD_ROWS, ISLAND, LIFE, TODAY, run, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def as_from_a_shell(monkeypatch):
    """A wrong argument ends the command as it does for whoever types it."""
    monkeypatch.setattr(Command, "_called_from_command_line", True)


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
