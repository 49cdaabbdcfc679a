"""The check of commit subjects, on histories of its own."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.architecture.source import ROOT

CHECK = ROOT / ".ci" / "commit_subjects"
MAX = "x" * 71 + "ờ"  # 72 characters, more bytes


def checked(folder, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, CHECK, *arguments], cwd=folder, capture_output=True, text=True)


@pytest.fixture
def history(tmp_path):
    """Commits with these subjects on top of a first one, whose name it returns."""
    person = {f"GIT_{who}_{what}": "a@b.vn" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    surroundings = os.environ | person | {"GIT_CONFIG_GLOBAL": os.devnull}

    def git(*arguments: str) -> str:
        command = ["git", *arguments]
        return subprocess.run(
            command, cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=True
        ).stdout

    def make(*subjects: str) -> str:
        git("init", "-q")
        git("commit", "-q", "--allow-empty", "-m", f"{MAX} and long before the rule")
        first = git("rev-parse", "HEAD").strip()
        for subject in subjects:
            git("commit", "-q", "--allow-empty", "-m", subject)
        return first

    return make


def test_subjects_up_to_the_limit_pass(history, tmp_path):
    first = history("Short", MAX)
    assert (checked(tmp_path, f"--since={first}").returncode, checked(tmp_path, f"--since={first}").stdout) == (0, "")


def test_longer_subject_is_named(history, tmp_path):
    found = checked(tmp_path, f"--since={history('Short', MAX + 'x')}")
    assert found.returncode == 1
    assert "has 73 characters" in found.stdout


@pytest.mark.parametrize("has_git", [True, False])
def test_history_that_does_not_reach_back_is_said_and_fails_nothing(history, tmp_path, has_git):
    if has_git:
        history("Short")
    found = checked(tmp_path)
    assert found.returncode == 0
    assert "NOT LOOKED AT" in found.stdout


@pytest.mark.parametrize(("subject", "answer"), [(MAX, 0), (MAX + "x", 1)])
def test_message_of_a_commit_in_the_making(tmp_path, subject, answer):
    message = tmp_path / "COMMIT_EDITMSG"
    message.write_text(
        f"# a comment of git\n{subject}\n\nThe body may be as long as it likes: {subject * 3}\n", encoding="utf-8"
    )
    assert checked(tmp_path, str(message)).returncode == answer
