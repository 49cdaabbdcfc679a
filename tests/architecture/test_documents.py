"""What the documents name exists: files, modules and their names, settings, commands, targets of make, links.

README.md, CONTRIBUTING.md and docs/*.md speak of today and are read. docs/adr/ keeps decisions as they were taken; they
may name what has gone since, so they are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest
from django.core.management import get_commands

from tests.architecture.source import ROOT, names_in, project_files, python_files, trees

DOCUMENTS = sorted(
    name
    for name in project_files()
    if name.endswith(".md") and (name.startswith("docs/") or "/" not in name) and not name.startswith("docs/adr/")
)
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
QUOTED = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
OURS_IN_BLOCKS = re.compile(r"manage\.py [a-z_]+|^make [a-z-]+|(?<!\S)[A-Z][A-Z0-9]*_[A-Z0-9_]+(?==)", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]+)[^)]*\)")
PATH = re.compile(r"(?!/)[\w.@-]*[\w-](?:/[\w.*-]+)*/?")
ENDINGS = (".py", ".md", ".toml", ".csv", ".txt", ".html", ".css", ".js", ".po", ".yaml", ".yml", ".in", ".json")
# Made by running the project, or the visitor's own.
MADE = ("var/", ".venv/", ".ci/out", "LC_MESSAGES/", ".env")


@cache
def folders() -> frozenset[str]:
    parts = [name.split("/")[:-1] for name in project_files()]
    return frozenset("/".join(folder[: depth + 1]) for folder in parts for depth in range(len(folder)))


@cache
def code_words() -> frozenset[str]:
    """Every word of code and configuration; documents do not count."""
    kinds = (".py", ".toml", ".yaml", ".yml", ".html", ".example", ".service", ".conf", ".in")
    whole = [name for name in project_files() if name.endswith(kinds) or name == "Makefile" or name.startswith(".ci/")]
    texts = [(ROOT / name).read_text(encoding="utf-8", errors="ignore") for name in whole]
    return frozenset(word for text in texts for word in re.findall(r"\w+", text))


@cache
def module_names() -> dict[str, frozenset[str]]:
    """For each module its own names: of classes, functions, fields, variables."""
    return {
        path.removesuffix(".py").removesuffix("/__init__").replace("/", "."): frozenset(n for n, _ in names_in(tree))
        for path, tree in trees().items()
    }


def path_exists(path: str) -> bool:
    """From the project's top, or from any of its rooms: `language/normal.py` is search's."""
    path = path.rstrip("/")
    known = [*project_files(), *folders()]
    pattern = re.compile(rf"(?:.*/)?{re.escape(path).replace(re.escape('*'), '[^/]*')}")
    return any(pattern.fullmatch(name) for name in known)


def dotted_exists(dotted: str) -> bool:
    """A module, or a name of one; a package passes on the names of what is inside it."""
    parts = dotted.split(".")
    for length in range(len(parts), 0, -1):
        module, rest = ".".join(parts[:length]), parts[length:]
        inside = [names for name, names in module_names().items() if name == module or name.startswith(f"{module}.")]
        if inside:
            return set(rest) <= frozenset().union(*inside)
        if module.replace(".", "/") in folders():
            return not rest
    return False


def fault_of(quoted: str) -> str:
    """What is wrong with what a document quotes; empty where it exists, or is no name of ours."""
    words = quoted.split()
    if words[:1] == ["make"] and len(words) > 1 and re.fullmatch(r"[a-z-]+", words[1]):
        targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
        return "" if words[1] in targets else "no target of make"
    if words[:1] == ["manage.py"] and len(words) > 1 and re.fullmatch(r"[a-z_]+", words[1]):
        return "" if words[1] in get_commands() else "no command of manage.py"
    if len(words) != 1 or quoted.startswith(MADE) or any(made in quoted for made in MADE):
        return ""
    if PATH.fullmatch(quoted) and (("/" in quoted and quoted.split("/")[0]) or quoted.endswith(ENDINGS)):
        looks_like_ours = quoted.split("/")[0] in {name.split("/")[0] for name in folders()} or quoted.endswith(ENDINGS)
        return "" if not looks_like_ours or path_exists(quoted) else "no such file or folder"
    if re.fullmatch(r"[a-z_]+\.[EW]\d{3}", quoted):
        return "" if quoted.split(".")[1] in code_words() else "no such system check"
    if re.fullmatch(r"[a-z_]+(\.\w+)+", quoted) and (ROOT / quoted.split(".")[0]).is_dir():
        return "" if dotted_exists(quoted) else "no such module, or it has no such name"
    if re.fullmatch(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)+(=\S*)?", quoted):
        name = quoted.split("=")[0].removesuffix("_FILE")  # any secret may come from a file: core.env
        return "" if name in code_words() else "no such setting or constant"
    if re.fullmatch(r"(?:[A-Z][a-z]+){2,}", quoted):
        return "" if quoted in code_words() else "no such class"
    return ""


def quotes_of(document: str) -> Iterator[str]:
    """What stands between backticks; of blocks of commands only our own commands and what they set."""
    text = (ROOT / document).read_text(encoding="utf-8")
    yield from (found.strip() for found in QUOTED.findall(FENCED.sub("", text)))
    for block in FENCED.findall(text):
        yield from OURS_IN_BLOCKS.findall(block)


@pytest.mark.parametrize(
    ("quoted", "is_faulty"),
    [
        ("households/access.py", False),
        ("households/no_such_file.py", True),
        ("language/normal.py", False),
        ("no_such_file.py", True),
        ("households.access.acting_for", False),
        ("households.access.no_such_name", True),
        ("households.no_such_module", True),
        ("SECRET_KEY", False),
        ("SECRET_KEY_FILE=/run/secrets/key", False),
        ("NO_SUCH_" + "SETTING", True),
        ("core.W003", False),
        ("core.W" + "999", True),
        ("make lint", False),
        ("make no-such-target", True),
        ("manage.py migrate", False),
        ("manage.py no_such_command", True),
        ("HouseholdOrder", False),
        ("NoSuch" + "Class", True),
        ("/van-hanh/", False),
        ("hoà", False),
    ],
)
def test_quote_is_told_from_what_is_not_there(quoted, is_faulty):
    assert bool(fault_of(quoted)) is is_faulty


@pytest.mark.parametrize("document", DOCUMENTS)
def test_document_names_only_what_exists(document):
    faults = [f"`{quoted}`: {fault}" for quoted in quotes_of(document) if (fault := fault_of(quoted))]
    assert faults == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_of_a_document_lead_somewhere(document):
    text = FENCED.sub("", (ROOT / document).read_text(encoding="utf-8"))
    assert [link for link in LINK.findall(text) if not (ROOT / document).parent.joinpath(link).exists()] == []


def test_there_are_documents_and_files_to_read():
    assert "README.md" in DOCUMENTS
    assert len(DOCUMENTS) > 5
    assert "core/money.py" in python_files()
