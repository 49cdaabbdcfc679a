"""Names obey docs/glossary.md: no avoided word, one class name for one concept, English, limits by MAX_ and MIN_."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import pytest

from tests.architecture.source import ROOT, names_in, trees

GLOSSARY = ROOT / "docs" / "glossary.md"
WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")
QUOTED = re.compile(r"`([^`]+)`")
# Vietnamese without its marks, as no English name says it. The goods' own words (yến, chục) are not among them.
VIETNAMESE = frozenset(
    {"noi", "ky", "theo", "luy", "tinh", "xa", "huyen", "thon", "gia", "hang", "nguoi", "khach", "buoc", "anh", "sua"}
    | {"xoa", "tim", "luu", "ngay", "thang", "trang", "bao", "cao", "dinh", "dang", "mua", "nha", "nong", "don", "gio"}
)


def tables(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Each row of each table as {column: cell}, with the heading it stands under."""
    heading, columns = "", []
    for line in text.splitlines():
        if line.startswith("#"):
            heading, columns = line.lstrip("# "), []
        elif line.startswith("|") and not set(line) <= set("|- "):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if columns:
                yield heading, dict(zip(columns, cells, strict=True))
            else:
                columns = cells


@cache
def glossary() -> tuple[tuple[str, dict[str, str]], ...]:
    return tuple(tables(GLOSSARY.read_text(encoding="utf-8")))


@cache
def avoided() -> frozenset[str]:
    return frozenset(word for _, row in glossary() for word in QUOTED.findall(row.get("avoid", "")))


@cache
def exceptions() -> frozenset[tuple[str, str]]:
    """Pairs of an avoided word and the module or name that may hold it."""
    rows = [row for heading, row in glossary() if heading == "Where an avoided word stays"]
    return frozenset((QUOTED.findall(row["word"])[0], QUOTED.findall(row["name"])[0]) for row in rows)


def shared_classes() -> set[str]:
    return {QUOTED.findall(row["class"])[0] for heading, row in glossary() if heading.startswith("Concepts")}


@cache
def words_of(name: str) -> list[str]:
    return [word.lower() for word in WORD.findall(name)]


def says(name: str, word: str) -> bool:
    """Whether ``name`` holds ``word`` ("first_name" is two in a row), in the singular or the plural."""
    held, wanted = words_of(name), words_of(word)
    runs = [held[at : at + len(wanted)] for at in range(len(held) - len(wanted) + 1)]
    return any(run in (wanted, [*wanted[:-1], f"{wanted[-1]}s"]) for run in runs)


def is_product(path: str) -> bool:
    return not path.startswith(("tests/", "bench/"))


def module_of(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@cache
def avoided_in(name: str) -> tuple[str, ...]:
    return tuple(word for word in sorted(avoided()) if says(name, word))


@cache
def given_names() -> tuple[tuple[str, str, int], ...]:
    """(path, name, line) of all that the project names, the modules' own names included."""
    found = []
    for path, tree in trees().items():
        found += [(path, part, 0) for part in module_of(path).split(".")]
        found += [(path, name, line) for name, line in names_in(tree)]
    return tuple(found)


def is_allowed(word: str, path: str, name: str) -> bool:
    module = module_of(path)
    return any(
        word == spared and (name == where or module == where or module.startswith(f"{where}."))
        for spared, where in exceptions()
        if where != "shop" or name == "shop"
    )


@pytest.mark.parametrize(
    ("name", "word", "is_said"),
    [
        ("ShopPage", "shop", True),
        ("shops_of", "shop", True),
        ("HTTPAgent", "agent", True),
        ("workshop", "shop", False),
        ("buyer_first_name", "first_name", True),
        ("first_of_name", "first_name", False),
    ],
)
def test_word_is_found_inside_a_name(name, word, is_said):
    assert says(name, word) is is_said


def test_names_of_every_kind_are_read():
    tree = ast.parse("class Agent:\n    kpi = 1\ndef cart(vendor): self.hamlet = 2")
    assert {name for name, _ in names_in(tree)} == {"Agent", "kpi", "cart", "vendor", "hamlet"}


def test_no_name_of_the_product_holds_an_avoided_word():
    found = [
        f"{path}:{line}: {name} says {word}"
        for path, name, line in given_names()
        for word in avoided_in(name)
        if is_product(path) and not is_allowed(word, path, name)
    ]
    assert found == []


def test_no_exception_outlives_its_use():
    used = {
        (word, where)
        for path, name, _ in given_names()
        for word, where in exceptions()
        if word in avoided_in(name) and (name == where or module_of(path).startswith(where))
    }
    assert exceptions() - used == set()


def test_terms_in_code_exist():
    known = {name for _, name, _ in given_names()} | {module_of(path).split(".")[-1] for path in trees()}
    known |= {path.rsplit("/", 1)[-1] for path in trees()}
    lacking = [
        term
        for _, row in glossary()
        for term in QUOTED.findall(row.get("in code", ""))
        if not set(re.split(r"\.(?!py)", term)) <= known and "…" not in term
    ]
    assert lacking == []


def test_python_names_are_english():
    found = [f"{path}:{line}: {name}" for path, name, line in given_names() if VIETNAMESE & set(words_of(name))]
    assert found == []


def test_limits_begin_with_max_or_min():
    found = [
        f"{path}:{line}: {name}" for path, name, line in given_names() if re.match(r"_?(MOST|LEAST|LARGEST)_", name)
    ]
    assert found == []


def test_one_class_name_is_one_concept():
    """Among the classes of the product's modules; a class inside another is told by the outer one."""
    rooms: dict[str, set[str]] = defaultdict(set)
    for path, tree in trees().items():
        if is_product(path):
            for node in tree.body:
                if isinstance(node, ast.ClassDef):
                    rooms[node.name].add(path.rsplit("/", 1)[0])
    shared = {name for name, where in rooms.items() if len(where) > 1}
    assert shared - shared_classes() == set()
    assert shared_classes() - shared == set()
