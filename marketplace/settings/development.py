"""One machine, no servers: what `make run` uses."""

from marketplace.settings.base import *  # noqa: F403
from marketplace.settings.base import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "demo"]

DEBUG = True
SHOW_OUTBOX = CHECK_LOCK_ORDER = True
