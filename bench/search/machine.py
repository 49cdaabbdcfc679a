"""What a table was measured on, so that a reader can tell how far to trust it."""

from __future__ import annotations

import os
import platform
import resource
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

PACKAGES = ("Django", "django-oscar", "django-haystack", "whoosh3", "tantivy", "elasticsearch")


def describe(figures: Iterable[dict[str, Any]]) -> str:
    """Cores, memory and versions in one line; servers tell their version with their figures."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    servers = sorted({f"{name} server {found[name]}" for found in figures for name in found if name == "Elasticsearch"})
    said = [f"{name} {found}" for name in PACKAGES if (found := _version(name))]
    cores = len(os.sched_getaffinity(0))
    return f"{cores} cores, {memory:.0f} GB; " + ", ".join([f"Python {platform.python_version()}", *said, *servers])


def load() -> str:
    """How many processes wanted a core during the last minute."""
    return f"{os.getloadavg()[0]:.1f}"


def peak_megabytes() -> int:
    """The most memory that this process ever had."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)


def megabytes_of(process: int) -> int | None:
    """What another process of this machine has now; nothing when it is elsewhere or somebody else's."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return None
    said = next((line for line in status.splitlines() if line.startswith("VmRSS:")), "")
    return round(int(said.split()[1]) / 1000) if said else None


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
