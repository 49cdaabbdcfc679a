"""The WSGI application that servers load."""

import os

from django.core.wsgi import get_wsgi_application

from core.wsgi import refuse_other_encodings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.production")
application = refuse_other_encodings(get_wsgi_application())

from marketplace.warming import warm_up  # noqa: E402  # models can be imported once the application stands

warm_up()
