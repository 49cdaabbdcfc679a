"""The WSGI application that servers load."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.production")
application = get_wsgi_application()

from marketplace.warming import warm_up  # noqa: E402  # models can be imported once the application stands

warm_up()
