"""Who switches a check off says which, and why."""

from __future__ import annotations

import re

import pytest

from tests.architecture.source import python_files

IGNORED = re.compile(r"#\s*type:\s*ignore(?P<code>\[[a-z, -]+\])?(?P<reason>.*)")


def fault_of(line: str) -> str:
    """What an ignored finding of mypy lacks in this line; empty when it lacks nothing or nothing is ignored."""
    found = IGNORED.search(line)
    if not found:
        return ""
    if not found["code"]:
        return "an error code"
    return "" if re.match(r"\s+#\s\S", found["reason"]) else "a reason"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("model = Product", ""),
        ("model = Product  # type: " + "ignore", "an error code"),
        ("model = Product  # type: " + "ignore[assignment]", "a reason"),
        ("model = Product  # type: " + "ignore[assignment]  # Wagtail's default is read as None alone", ""),
    ],
)
def test_exception_without_code_or_reason_is_seen(line, fault):
    assert fault_of(line) == fault


def test_every_exception_from_type_checks_has_a_code_and_a_reason():
    faults = [
        f"{name}:{number} lacks {fault}"
        for name, text in python_files().items()
        for number, line in enumerate(text.splitlines(), 1)
        if (fault := fault_of(line))
    ]
    assert faults == []
