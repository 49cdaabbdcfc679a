"""Here ``db`` is a database on real storage with real commits: see tests/real_database.py."""

from __future__ import annotations

import pytest

from tests.real_database import own_database


@pytest.fixture
def db(django_db_setup, django_db_blocker, tmp_path):
    """Takes the place of pytest-django's, and so of the one under ``cast``."""
    with django_db_blocker.unblock(), own_database(tmp_path):
        yield
