"""A copy of the project that may be broken, and which of its tests run which line."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Collection, Sequence
from pathlib import Path

from coverage import CoverageData

from bench.mutants.making import Mutant

ROOT = Path(__file__).resolve().parents[2]
# More than all tests of a package take on a busy machine; only a mutant that runs for ever needs it.
MAX_SECONDS = 300


class UnbrokenCodeFails(Exception):
    """The tests fail, or do not start, although nothing was broken."""


class Tree:
    """The files that git tracks or would track, with the compiled translations, copied anew below ``var/mutants/``."""

    def __init__(self, root: Path = ROOT) -> None:
        self.kept = root / "var" / "mutants"
        self.folder = self.kept / "tree"
        shutil.rmtree(self.folder, ignore_errors=True)
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
        names = {name for name in listed.split("\0") if (root / name).is_file()}
        names |= {path.relative_to(root).as_posix() for path in root.glob("**/locale/**/*.mo")}
        self._digest = hashlib.sha256()
        for name in sorted(names):
            target = self.folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, target)
            self._digest.update(name.encode() + b"\0" + (root / name).read_bytes())
        subprocess.run(
            [sys.executable, "-m", "compileall", "-q", "--invalidation-mode", "checked-hash", "."],
            cwd=self.folder,
            check=True,
        )

    def files_of(self, package: str) -> list[str]:
        """Its Python files outside migrations."""
        paths = (path.relative_to(self.folder).as_posix() for path in (self.folder / package).glob("**/*.py"))
        return sorted(path for path in paths if "/migrations/" not in path)

    def read(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    def measure(self, package: str, tests: Sequence[str]) -> CoverageData:
        """Which test runs which line of a package; kept until a file of the project changes.

        Raises UnbrokenCodeFails if a test fails.
        """
        kept = self.kept / f"{package}-{self._digest.hexdigest()[:16]}.coverage"
        if not kept.exists():
            arguments = [f"--cov={package}", "--cov-context=test", "--cov-report=", *tests]
            done = self._pytest(arguments, timeout=None)
            if done.returncode:
                raise UnbrokenCodeFails(done.stdout + done.stderr)
            for older in self.kept.glob(f"{package}-*.coverage"):
                older.unlink()
            shutil.move(self.folder / ".coverage", kept)
        data = CoverageData(str(kept))
        data.read()
        return data

    def tests_that_run(self, mutant: Mutant, data: CoverageData, *, tests: Sequence[str]) -> list[str]:
        """Those of ``tests`` that run the changed statement, by name; all if it runs when its file is imported."""
        contexts = data.contexts_by_lineno(str(self.folder / mutant.path))
        found = {context for line in mutant.lines for context in contexts.get(line, ())}
        if "" in found:
            return list(tests)
        # A context is the test and its phase, such as "tests/shop/test_order.py::test_total|setup".
        return sorted({context.rpartition("|")[0] for context in found})

    def try_mutant(self, mutant: Mutant, tests: Collection[str]) -> str:
        """Put the mutant in place, run the tests until one fails, and put the file back.

        Returns "killed", "survived" or "timed out". Raises UnbrokenCodeFails if pytest itself could not run them.
        """
        path = self.folder / mutant.path
        unbroken = path.read_bytes()
        chosen = self.kept / "tests.txt"
        chosen.write_text("\n".join(tests), encoding="utf-8")
        path.write_text(mutant.text(), encoding="utf-8")
        try:
            done = self._pytest(["-x", f"@{chosen}"], timeout=MAX_SECONDS)
        except subprocess.TimeoutExpired:
            return "timed out"
        finally:
            path.write_bytes(unbroken)
        if done.returncode == 0:
            return "survived"
        # 1: a test failed, or Django did not start; 2: a test file could not be imported; 4: nor could a conftest.
        if done.returncode in {1, 2} or "ImportError while loading conftest" in done.stdout + done.stderr:
            return "killed"
        raise UnbrokenCodeFails(done.stdout + done.stderr)

    def _pytest(self, arguments: Sequence[str], *, timeout: float | None) -> subprocess.CompletedProcess[str]:
        # Without bytecode: that of a mutant is of no use to the next, and must not be taken for its file's.
        environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
        plugins = ["-p", "no:randomly", "-p", "no:cacheprovider"]
        command = [sys.executable, "-m", "pytest", "-q", "--tb=short", *plugins, *arguments]
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, timeout=timeout, check=False
        )
