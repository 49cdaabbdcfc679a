"""``make mutants SAMPLE=40 SEED=1``: break a sample of the code, and print what no test noticed.

The same seed and size draw the same mutants from the same files. A larger size begins with the mutants of a smaller
one, and a run that is broken off with Ctrl-C has tried a smaller sample.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator

from bench.mutants.making import Mutant, mutants_of
from bench.mutants.tree import Tree, UnbrokenCodeFails

# Each package, and the tests that have to notice when it is broken.
TESTS = {
    "accounts": ["tests/accounts", "tests/operations"],
    "households": ["tests/households", "tests/onboarding", "tests/operations"],
    "reporting": ["tests/reporting"],
    "shop": ["tests/shop"],
}
RESULTS = ("killed", "survived", "not reached", "timed out")


def drawn(tree: Tree, package: str, *, seed: int) -> Iterator[Mutant]:
    """All mutants of a package that compile, in an order that the seed decides; each as likely as any other."""
    mutants = [mutant for path in tree.files_of(package) for mutant in mutants_of(path, tree.read(path))]
    print(f"{package}: {len(mutants)} mutants")
    random.Random(f"{package} {seed}").shuffle(mutants)
    return filter(Mutant.compiles, mutants)


def try_sample(tree: Tree, package: str, *, size: int, seed: int, results: Counter[str]) -> None:
    """Count into ``results`` and print each mutant as it is tried, those that no test noticed with their change.

    Raises UnbrokenCodeFails if a test fails on the unbroken code.
    """
    data = tree.measure(package, TESTS[package])
    for number, mutant in zip(range(1, size + 1), drawn(tree, package, seed=seed), strict=False):
        tests = tree.tests_that_run(mutant, data, tests=TESTS[package])
        start = time.monotonic()
        result = tree.try_mutant(mutant, tests) if tests else "not reached"
        results[result] += 1
        seconds = time.monotonic() - start
        print(f"{number:>4} {result}: {mutant.path}:{mutant.lines[0]}, {seconds:.0f} s")
        if result != "killed":
            print(mutant.diff())
        sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.mutants", description=__doc__)
    parser.add_argument("--packages", nargs="+", choices=TESTS, default=list(TESTS))
    parser.add_argument("--sample", type=int, default=40, help="mutants per package")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    results = {package: Counter[str]() for package in options.packages}
    tree = Tree()
    try:
        for package, counter in results.items():
            try_sample(tree, package, size=options.sample, seed=options.seed, results=counter)
    except UnbrokenCodeFails as failure:
        print(f"The tests fail although nothing is broken:\n{failure}")
        return 2
    except KeyboardInterrupt:
        print("\nBroken off; what was tried so far:")
    print(f"\nseed {options.seed}\n{'':12}{'tried':>12}" + "".join(f"{name:>12}" for name in RESULTS))
    for package, counter in results.items():
        print(f"{package:12}{counter.total():>12}" + "".join(f"{counter[name]:>12}" for name in RESULTS))
    return 0


if __name__ == "__main__":
    sys.exit(main())
