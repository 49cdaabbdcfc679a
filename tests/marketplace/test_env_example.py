"""`.env.example` lists every setting that the code reads, sorted, with the defaults of the code."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from django.conf import settings

from core import env

EXAMPLE = settings.ROOT / ".env.example"
READERS = {
    *("text", "flag", "integer", "names", "hosts", "networks", "choice", "matching", "folder"),
    *("secret", "address", "origin"),
}


def documented() -> dict[str, str]:
    return dict(env._lines(EXAMPLE, commented=True))


def sources() -> Iterator[Path]:
    """The code that runs the site; tests and measurements have switches of their own."""
    folders = (path for path in settings.ROOT.iterdir() if (path / "__init__.py").exists())
    return (path for folder in folders if folder.name not in ("tests", "bench") for path in folder.glob("**/*.py"))


def reads() -> Iterator[ast.Call]:
    """Every env.reader("NAME", …) in the project's code."""
    for source in sources():
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                on_env = isinstance(node.func.value, ast.Name) and node.func.value.id == "env"
                if on_env and node.func.attr in READERS:
                    yield node


def name_of(call: ast.Call) -> str:
    return ast.literal_eval(call.args[0])


def test_every_setting_is_listed_and_every_listed_one_is_read():
    assert {name_of(call) for call in reads()} == set(documented())


def test_settings_are_sorted_and_each_has_its_words():
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    names = [line[1:].partition("=")[0] for line in lines if re.match(r"#[A-Z][A-Z0-9_]*=", line)]
    assert names == sorted(names)
    assert all(before.startswith("# ") for before, line in pairwise(lines) if line[1:].partition("=")[0] in names)


def test_defaults_are_those_of_the_code():
    listed = documented()
    for call in reads():
        given = [*call.args[1:2], *(k.value for k in call.keywords if k.arg == "default")]
        if given and isinstance(given[0], ast.Constant):
            default = given[0].value
            assert listed[name_of(call)] == (str(int(default)) if isinstance(default, bool) else str(default))


def test_environment_is_read_in_one_place():
    reading = re.compile(r"os\.environ(?!\.setdefault\(\"(DJANGO_SETTINGS_MODULE|VAR_DIR)\")|getenv")
    readers = {path for path in sources() if reading.search(path.read_text(encoding="utf-8"))}
    others = {settings.ROOT / "reporting/facts/spark.py"}  # asks for variables of Java and of Spark
    assert readers - others == {settings.ROOT / "core" / "env.py"}


def test_the_listed_defaults_start_the_project(tmp_path):
    values = {**documented(), "VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "marketplace.settings.development"}
    done = subprocess.run(
        [sys.executable, "-c", "import marketplace.settings.development"],
        env={"PATH": os.environ["PATH"], **values},
        cwd=settings.ROOT,
        timeout=300,
    )
    assert done.returncode == 0
