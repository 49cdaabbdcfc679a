"""One machine, no servers: what `make run` uses."""

from marketplace.settings.base import *  # noqa: F403

DEBUG = True
SHOW_OUTBOX = True
