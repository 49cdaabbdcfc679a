"""The WSGI application that servers load."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.production")
application = get_wsgi_application()

from django.db import connections  # noqa: E402

from search.asking.current_lexicon import warm_up  # noqa: E402  # models can be imported once the application stands

warm_up()
connections.close_all()  # a server may fork now, and connections must not be shared
