"""Strict readers of environment variables: a wrong value stops the start and says how to mend it."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def load_file(path: Path) -> None:
    """Read ``NAME=value`` lines of a ``.env`` file; what the environment already has wins."""
    if not path.is_file():
        return
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        name, separator, value = line.partition("=")
        if not separator:
            raise ImproperlyConfigured(f"{path}:{number}: write NAME=value, or start the line with # to leave it out.")
        os.environ.setdefault(name.strip(), value.strip())


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
