"""Mutants are made where rules stand, the seed decides which, and a rule without a test is found."""

from __future__ import annotations

import subprocess
from collections import Counter

import pytest

from bench.mutants.__main__ import drawn, try_sample
from bench.mutants.making import mutants_of
from bench.mutants.tree import Tree, UnbrokenCodeFails

SERVICE = '''
LIMIT = 5

@transaction.atomic
def close(*, account: Account, now: datetime) -> None:
    """Close it."""
    require_open(account, _("It is closed."))
    if account.is_closed:
        raise Closed("twice")
    logger.info("Closing %s", account)
    Order.objects.filter(account=account).select_for_update().update(closed=now)
'''


def changed_lines(text: str) -> set[str]:
    """What each mutant puts in place of a line; an empty text where it removes one."""
    before = text.splitlines()
    mutants = [mutant.text().splitlines() for mutant in mutants_of("shop/services.py", text) if mutant.compiles()]
    assert all(lines != before for lines in mutants)
    return {"".join(line.strip() for line in lines if line not in before) for lines in mutants}


def test_services_behind_a_decorator_have_mutants():
    changed = changed_lines(SERVICE)
    # The decorator is dropped, and the call that refuses.
    assert {"", "pass"} <= changed
    assert {"if not account.is_closed:", 'raise Closed("XXtwiceXX")', 'raise Closed("TWICE")'} & changed == {
        "if not account.is_closed:",
        'raise Closed("XXtwiceXX")',
    }
    assert "Order.objects.select_for_update().update(closed=now)" in changed
    assert "Order.objects.filter(account=account).update(closed=now)" in changed


def test_words_types_and_constants_have_none():
    changed = " ".join(changed_lines(SERVICE))
    assert "LIMIT" not in changed
    assert "Closing" not in changed
    assert "def close" not in changed
    assert "XXIt is closed.XX" not in changed


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """A project of one package: a rule that is tested at both sides, one at one side only, one not at all,
    and one whose result is made at import."""
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE")
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "__init__.py").write_text("")
    (tmp_path / "rules" / "access.py").write_text(
        "def grown(age):\n    return age >= 18\n\n\n"
        "def old(age):\n    return age >= 60\n\n\n"
        "def paid(sum):\n    return sum > 0\n\n\n"
        "def doubled(number):\n    return number * 2\n\n\nLIMIT = doubled(9)\n"
    )
    (tmp_path / "test_rules.py").write_text(
        "from rules.access import LIMIT, grown, old\n\n\n"
        "def test_grown():\n    assert grown(18)\n    assert not grown(17)\n    assert grown(19)\n\n\n"
        "def test_old():\n    assert old(61)\n\n\n"
        "def test_limit():\n    assert LIMIT == 18\n"
    )
    (tmp_path / "pyproject.toml").write_text("[tool.coverage.run]\nbranch = true\n")
    (tmp_path / ".gitignore").write_text("/var/\n")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    return Tree(tmp_path)


def test_a_rule_without_a_test_is_found(tree, monkeypatch, capsys):
    monkeypatch.setattr("bench.mutants.__main__.TESTS", {"rules": ["test_rules.py"]})
    results = Counter()
    try_sample(tree, "rules", size=100, seed=1, results=results)
    printed = capsys.readouterr().out
    # Of each function the sign and the number: both die where both sides are tested, or what was made at import.
    assert results == {"killed": 4, "survived": 2, "not reached": 2}
    assert "+    return age > 60" in printed
    assert "+    return sum > 1" in printed
    assert "+    return age > 18" not in printed
    assert tree.read("rules/access.py").count(">=") == 2


def test_the_seed_decides_what_is_drawn(tree):
    first, again, other = ([m.text() for m in drawn(tree, "rules", seed=seed)] for seed in (1, 1, 2))
    assert first == again
    assert first != other
    assert sorted(first) == sorted(other)


def test_tests_that_fail_without_a_mutant_kill_none(tree):
    (tree.folder / "test_rules.py").write_text("def test_nothing():\n    assert 1 == 2\n")
    with pytest.raises(UnbrokenCodeFails, match="1 failed"):
        tree.measure("rules", ["test_rules.py"])
