"""What `make lint` and `make migrations` use: development, and the guard that keeps each app's migrations in one line.

The guard is a tool of requirements-dev.txt, so the settings that serve do not name it.
"""

from marketplace.settings.development import *  # noqa: F403
from marketplace.settings.development import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "django_linear_migrations"]
