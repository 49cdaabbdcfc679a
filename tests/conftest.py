"""What every test gets: a cast of people, a fixed now, a clean search index and media folder."""

from __future__ import annotations

from datetime import datetime

import pytest

from marketplace.core.periods import VIETNAM
from tests.cast import Cast, assemble


@pytest.fixture
def now() -> datetime:
    """A Wednesday morning of the tea season."""
    return datetime(2026, 10, 14, 9, 0, tzinfo=VIETNAM)


@pytest.fixture
def cast(db, now) -> Cast:
    return assemble(now)


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.SEARCH_FOLDER = tmp_path / "search"
