"""The project's own Python, parsed once for all tests that read it."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def project_files() -> tuple[str, ...]:
    """The files of the project, as paths from its top: those git tracks or would track, without deleted ones.

    A copy without git, such as an unpacked archive, is read from the disk.
    """
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if listed.returncode == 0:
        names = {name for name in listed.stdout.split("\0") if name}
    else:
        hidden = {".git", ".venv", "var", "__pycache__"}
        paths = (path.relative_to(ROOT) for path in ROOT.rglob("*"))
        names = {path.as_posix() for path in paths if not hidden & set(path.parts)}
    return tuple(sorted(name for name in names if (ROOT / name).is_file()))


@cache
def python_files() -> dict[str, str]:
    """The text of every Python file outside migrations, by its path."""
    names = [name for name in project_files() if name.endswith(".py") and "/migrations/" not in name]
    return {name: (ROOT / name).read_text(encoding="utf-8") for name in names}


@cache
def trees() -> dict[str, ast.Module]:
    return {name: ast.parse(text) for name, text in python_files().items()}


def functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def names_in(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every name that the code gives: to classes, functions, arguments, variables and fields."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr, node.lineno
