"""Strict readers of environment variables: a wrong value stops the start and says how to mend it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

_EXAMPLE = re.compile(r"#[A-Z][A-Z0-9_]*=")


def load_file(path: Path) -> None:
    """Read ``NAME=value`` lines of a ``.env`` file; what the environment already has wins."""
    for name, value in _lines(path):
        os.environ.setdefault(name, _unquoted(value))


def names_in(path: Path, *, commented: bool = False) -> set[str]:
    """The names that a file sets; with ``commented`` also those that stand behind a # as an example."""
    return {name for name, _ in _lines(path, commented=commented)}


def _lines(path: Path, *, commented: bool = False) -> Iterator[tuple[str, str]]:
    if not path.is_file():
        return
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = raw.strip()
        if commented and _EXAMPLE.match(line):
            line = line.removeprefix("#")
        if not line or line.startswith("#"):
            continue
        name, separator, value = line.partition("=")
        if not separator:
            raise ImproperlyConfigured(f"{path}:{number}: write NAME=value, or start the line with # to leave it out.")
        yield name.strip(), value.strip()


def _unquoted(value: str) -> str:
    in_quotes = len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if in_quotes else value


def text(name: str, default: str = "") -> str:
    """A variable that is empty counts as not set."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    value = text(name)
    if not value:
        return default
    if value in ("0", "1"):
        return value == "1"
    raise ImproperlyConfigured(f"{name} is {value!r}: write 1 for yes or 0 for no.")


def integer(name: str, default: int, *, least: int = 0, most: int | None = None) -> int:
    value = text(name)
    if not value:
        return default
    if not value.isdecimal() or int(value) < least or (most is not None and int(value) > most):
        upper = "" if most is None else f" to {most}"
        raise ImproperlyConfigured(f"{name} is {value!r}: write a whole number from {least}{upper}.")
    return int(value)


def names(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """A list written with commas."""
    value = text(name)
    return [part.strip() for part in value.split(",") if part.strip()] if value else list(default)


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = text(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} is {value!r}: choose one of {', '.join(allowed)}.")
    return value


def secret(name: str, default: str = "") -> str:
    """The value itself, or the content of the file that ``NAME_FILE`` points at."""
    path = text(f"{name}_FILE")
    if not path:
        return text(name, default)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name}_FILE points at {path!r}, which cannot be read: {error.strerror}."
        ) from error


def address(name: str, default: str = "", *, schemes: tuple[str, ...]) -> str:
    """An address with one of ``schemes`` and a host; may hold a password, so what was written is not shown."""
    value = secret(name, default)
    if not value:
        return ""
    parts = urlsplit(value)
    if parts.scheme not in schemes or not parts.hostname:
        raise ImproperlyConfigured(f"{name} is no address: write it as {' or '.join(f'{s}://HOST' for s in schemes)}.")
    return value
