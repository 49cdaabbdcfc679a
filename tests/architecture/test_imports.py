"""What the import linter cannot see: dynamic loading, and words that belong to no product."""

from __future__ import annotations

import re

from tests.architecture.source import ROOT, python_files

FORKS = ("catalog/", "shop/", "search/")
DYNAMIC = re.compile(r"\b(get_class|get_classes|get_model|import_module|import_string)\(")
# Django's own registry is not Oscar's loader; each other exception says why it must load by name.
ALLOWED = {
    "tests/": "tests may look anything up",
    "bench/": "benchmarks measure stock Oscar beside ours",
}


def test_loading_by_name_stays_in_the_oscar_forks():
    loose = [
        f"{name}: {line.strip()}"
        for name, text in python_files().items()
        if not name.startswith((*FORKS, *ALLOWED))
        for line in text.splitlines()
        if DYNAMIC.search(line) and "apps.get_model(" not in line
    ]
    assert loose == []


def test_no_top_level_package_shadows_the_standard_library():
    import sys

    ours = {path.name for path in ROOT.iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    assert ours & sys.stdlib_module_names == set()


def test_two_packages_never_import_each_other():
    """import-linter guards the layers; this guards every pair of sub-packages below them."""
    import grimp

    ours = [
        path.name for path in ROOT.iterdir() if (path / "__init__.py").exists() and path.name not in ("tests", "bench")
    ]
    graph = grimp.build_graph(*ours)
    packages = {_package(module) for module in graph.modules}
    pairs = {
        (_package(importer), _package(imported))
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
    }
    mutual = sorted({tuple(sorted(pair)) for pair in pairs if pair[0] != pair[1] and pair[::-1] in pairs})
    assert [pair for pair in mutual if set(pair) <= packages and not _nested(*pair)] == []


def _package(module: str) -> str:
    """The room a module lives in: "shop.order" for shop.order.models.line, "households" for households.access."""
    parts = module.split(".")
    return ".".join(parts[:2]) if len(parts) > 2 else parts[0]


def _nested(first: str, second: str) -> bool:
    """A package and its own sub-package are one room."""
    return first.startswith(f"{second}.") or second.startswith(f"{first}.")
