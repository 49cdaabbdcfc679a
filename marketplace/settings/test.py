"""Tests: everything in memory or in a temporary folder; nothing reaches the network."""

import os

from core import env
from core.temporary import folder_of_this_process

if not env.text("VAR_DIR"):  # workers of pytest and commands that a test starts share the folder of the first
    os.environ.setdefault("VAR_DIR", str(folder_of_this_process("cho-nha-nong-tests-")))
from marketplace.settings.base import *  # noqa: F403
from marketplace.settings.base import DATABASES, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "demo"]
SHOW_OUTBOX = CHECK_LOCK_ORDER = True
PAGE_CACHE_SECONDS = 0  # tests that commit nothing would be shown pages from before their changes
HEAVY_WORK_APART = False  # another process would not see a database in memory
MESSAGE_SENDER = "memory"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Each test client makes a handler of its own; without this, each would first list every static file: 57 ms of its 77.
WHITENOISE_AUTOREFRESH = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["NAME"] = ":memory:"
    DATABASES["default"]["OPTIONS"].pop("init_command", None)


class NoMigrations:
    """Tables straight from the models: 2 s instead of 26 s; CI runs with TEST_MIGRATIONS=1."""

    def __contains__(self, label: str) -> bool:
        return True

    def __getitem__(self, label: str) -> None:
        return None


if not env.flag("TEST_MIGRATIONS", default=False):
    MIGRATION_MODULES = NoMigrations()
