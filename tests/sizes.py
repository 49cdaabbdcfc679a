"""Two sizes for a test of many at once: a small one for every run, and that at which the fault was found."""

from __future__ import annotations

import os


def how_many(*, small: int, as_found: int) -> int:
    """``as_found`` where AS_FOUND is set (``make bench-loads``), else ``small``."""
    return as_found if os.environ.get("AS_FOUND") else small
