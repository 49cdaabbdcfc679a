"""Every test claims something: it asserts, or calls what does."""

from __future__ import annotations

import ast
from collections.abc import Iterable

import pytest

from tests.architecture.source import Function, functions, trees

# Of pytest, pytest-django, and what follows Playwright's `expect(…)`: calling them is a claim.
CLAIMING_CALLS = {"raises", "warns", "fail", "run_state_machine_as_test"}
CLAIMING_STARTS = ("assert", "django_assert", "to_be_", "to_have_", "not_to_")


def calls_of(function: Function) -> list[ast.expr]:
    return [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]


def asserts_itself(function: Function) -> bool:
    if any(isinstance(node, ast.Assert) for node in ast.walk(function)):
        return True
    names = [getattr(call, "attr", getattr(call, "id", "")) for call in calls_of(function)]
    return any(name in CLAIMING_CALLS or name.startswith(CLAIMING_STARTS) for name in names)


def silent_tests(read: Iterable[tuple[str, ast.Module]]) -> list[str]:
    """Test functions that neither assert nor call, by its plain name, a helper of the tests that does."""
    all_of = [(name, node) for name, tree in read for node in functions(tree)]
    helpers = {node.name for _, node in all_of if not is_test(node) and asserts_itself(node)}

    def is_silent(node: Function) -> bool:
        return not asserts_itself(node) and not any(getattr(call, "id", "") in helpers for call in calls_of(node))

    return [f"{name}:{node.lineno}" for name, node in all_of if is_test(node) and is_silent(node)]


def is_test(node: Function) -> bool:
    return node.name.startswith("test")


@pytest.mark.parametrize(
    ("body", "is_silent"),
    [
        ("client.get('/checkout/')", True),
        ("checkout(client)", True),
        ("check_out(basket)", True),
        ("'we assert nothing here'", True),
        ("assert client.get('/')", False),
        ("with pytest.raises(ValueError):\n        int('x')", False),
        ("with django_assert_num_queries(2):\n        int('1')", False),
        ("expect(box)", True),
        ("expect(box).to_be_hidden()", False),
        ("refused(client)", False),
        ("client.refused()", True),
    ],
)
def test_claim_is_told_from_a_word(body, is_silent):
    text = f"def refused(client):\n    assert client\ndef test_x(client):\n    {body}\n"
    found = silent_tests([("tests/test_x.py", ast.parse(text))])
    assert bool(found) is is_silent


def test_no_test_goes_without_a_claim():
    assert silent_tests((name, tree) for name, tree in trees().items() if name.startswith("tests/")) == []
