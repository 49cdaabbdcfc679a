"""Strict readers of environment variables: a wrong value stops the start and says how to mend it."""

from __future__ import annotations

import ipaddress
import os
import re
import zlib
from collections.abc import Iterator
from itertools import pairwise
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
    for number, raw in enumerate(_read(path, str(path)).splitlines(), 1):
        line = raw.strip()
        if commented and _EXAMPLE.match(line):
            line = line.removeprefix("#")
        if not line or line.startswith("#"):
            continue
        name, separator, value = line.partition("=")
        if not separator or "\0" in line:
            raise ImproperlyConfigured(f"{path}:{number}: write NAME=value, or start the line with # to leave it out.")
        yield name.strip(), value.strip()


def _read(path: Path, called: str) -> str:
    """The text of a file; raises ImproperlyConfigured, which says why, where there is none to read."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise ImproperlyConfigured(
            f"{called} cannot be read ({error.strerror}): let this user read the file, or take the name away."
        ) from error
    except UnicodeDecodeError as error:
        raise ImproperlyConfigured(f"{called} is no text: save the file as UTF-8.") from error


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


def hosts(name: str, default: tuple[str, ...]) -> list[str]:
    """Names of hosts with commas: no scheme, no port, no path."""
    found = names(name, default)
    for host in found:
        if not re.fullmatch(r"\*|\.?[\w.-]+|\[[0-9a-fA-F:]+\]", host):
            raise ImproperlyConfigured(f"{name} holds {host!r}: write names alone, as in cho.example.vn,127.0.0.1.")
    return found


def networks(name: str, default: tuple[str, ...]) -> list[str]:
    """Addresses or networks with commas, such as 127.0.0.1,10.0.0.0/24."""
    found = names(name, default)
    for network in found:
        try:
            ipaddress.ip_network(network)
        except ValueError as error:
            raise ImproperlyConfigured(
                f"{name} holds {network!r}: write addresses or networks, as in 127.0.0.1,10.0.0.0/24."
            ) from error
    return found


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = text(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} is {value!r}: choose one of {', '.join(allowed)}.")
    return value


def secret(name: str, default: str = "", *, starts: tuple[str, ...] = ()) -> str:
    """The value itself, or the content of the file that ``NAME_FILE`` points at; never shown where it is refused."""
    path = text(f"{name}_FILE")
    value = _read(Path(path), f"{name}_FILE is {path!r}, which").strip() if path else text(name, default)
    if not value.isprintable():
        raise ImproperlyConfigured(f"{name} is more than one line of text: write the value alone.")
    if starts and value and not value.startswith(starts):
        raise ImproperlyConfigured(f"{name} is no such key: write the one that starts with {' or '.join(starts)}.")
    return value


def is_random(key: str) -> bool:
    """Whether a key has 50 characters that no rule made, as far as that can be seen.

    A compressor finds what repeats or runs on: 50 random characters, even hexadecimal ones, stay above 40 bytes, while
    one letter 60 times, a word again and again, or the alphabet in its order do not.
    """
    steps = {ord(after) - ord(before) for before, after in pairwise(key)}
    return len(key) >= 50 and len(steps) > 8 and len(zlib.compress(key.encode(), 9)) > 40


def address(name: str, default: str = "", *, schemes: tuple[str, ...]) -> str:
    """An address with one of ``schemes`` and a host; may hold a password, so what was written is not shown."""
    value = secret(name, default)
    if value and not _is_address(value, schemes):
        raise ImproperlyConfigured(f"{name} is no address: write it as {' or '.join(f'{s}://HOST' for s in schemes)}.")
    return value


def origin(name: str, default: str) -> str:
    """An http or https address without a path: what a browser calls the origin of our pages."""
    value = address(name, default, schemes=("http", "https")).rstrip("/")
    if urlsplit(value).path or urlsplit(value).query:
        raise ImproperlyConfigured(f"{name} has a path: write it as https://HOST, the pages stand at its root.")
    return value


def _is_address(value: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:  # a port that is no number from 0 to 65535, a bracket that is not closed
        return False
    return parts.scheme in schemes and bool(parts.hostname) and port != 0 and not re.search(r"\s", value)


def matching(name: str, default: str, *, pattern: str, write: str) -> str:
    """A text that ``pattern`` matches as a whole; ``write`` says to the reader what to write instead."""
    value = text(name, default)
    if not re.fullmatch(pattern, value):
        raise ImproperlyConfigured(f"{name} is {value!r}: write {write}.")
    return value


def folder(name: str, default: Path) -> Path:
    """A folder that this process may write to; it is made where it is missing."""
    path = Path(text(name, str(default))).absolute()
    try:
        path.mkdir(parents=True, exist_ok=True)
        writable = os.access(path, os.W_OK | os.X_OK)
        why = "no permission to write"
    except (OSError, ValueError) as error:
        writable, why = False, getattr(error, "strerror", None) or str(error)
    if not writable:
        raise ImproperlyConfigured(
            f"{name} is {str(path)!r}, where nothing can be kept ({why}): name a folder that this user may write to."
        )
    return path
