"""What a process makes for itself goes with it, and what a killed one left goes with the next."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from core.temporary import temporary_folder

MAKE = "from core.temporary import folder_of_this_process as make; print(make('kept-'), flush=True); {}"


def start(code: str, folder: Path, **variables: str) -> subprocess.Popen[str]:
    surroundings = {**os.environ, "TMPDIR": str(folder), **variables}
    return subprocess.Popen(
        [sys.executable, "-c", code],
        env=surroundings,
        cwd=settings.ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def visible(folder: Path) -> list[Path]:
    """Without the file that is locked while a folder is made; it is empty and stays."""
    return [found for found in folder.iterdir() if not found.name.startswith(".")]


@pytest.mark.parametrize("end", ["pass", "raise SystemExit(3)", "import os; os.fork() and os.wait()"])
def test_the_folder_of_a_process_goes_with_it(tmp_path, end):
    with start(MAKE.format(end), tmp_path) as process:
        assert process.stdout
        made = Path(process.stdout.readline().strip())
        process.wait(timeout=60)
    assert made.parent == tmp_path
    assert visible(tmp_path) == []


def test_what_a_killed_process_left_goes_when_the_next_begins(tmp_path):
    with start(MAKE.format("input()"), tmp_path) as process:
        assert process.stdout
        left = Path(process.stdout.readline().strip())
        with temporary_folder("kept-", tmp_path):
            assert left.exists(), "its process lives"
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=60)
    assert left.exists()
    other = tmp_path / "other-1"
    other.mkdir()
    with temporary_folder("kept-", tmp_path) as folder:
        assert (left.exists(), folder.exists(), other.exists()) == (False, True, True)
    assert visible(tmp_path) == [other]


def test_folders_that_are_made_at_once_stay_each_others(tmp_path):
    """None is taken for left behind between its making and its locking."""
    made = "    with make('kept-') as it:\n        (it / 'a').touch()"
    code = f"from core.temporary import temporary_folder as make\nfor _ in range(200):\n{made}"
    started = [start(code, tmp_path) for _process in range(4)]
    assert [process.wait(timeout=60) for process in started] == [0, 0, 0, 0]
    assert visible(tmp_path) == []


def test_a_block_that_breaks_off_leaves_nothing(tmp_path):
    with pytest.raises(FileExistsError), temporary_folder("kept-", tmp_path) as folder:
        folder.mkdir()
    assert visible(tmp_path) == []


def test_a_run_of_the_tests_leaves_nothing(tmp_path):
    """Neither in the folder of the settings nor in what pytest gives each test; with two workers of xdist."""
    surroundings = {name: value for name, value in os.environ.items() if name not in ("VAR_DIR", "PYTEST_XDIST_WORKER")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider", "tests/core/test_money.py"],
        env={**surroundings, "TMPDIR": str(tmp_path)},
        cwd=settings.ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout
    assert [found for found in tmp_path.rglob("*") if not found.is_dir() and found.suffix != ".lock"] == []
    assert {found.name.partition("-")[0] for found in visible(tmp_path)} <= {"pytest"}
